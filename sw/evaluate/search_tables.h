// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sw/evaluate/plan.h"
#include "sw/evaluate/search_outcome.h"

namespace airnn {

/// Which inputs judged, and which confirmed, in a sentence or two.
std::string search_inputs_text(const Plan& plan);

/// Tables of evaluation.json on what a search has found: the front, what to type for it, the
/// generations, and all other points.
std::vector<nlohmann::ordered_json> search_tables(const Plan& plan, const SearchOutcome& outcome,
                                                  const std::string& folder);
/// Plots: all points by their first two objectives, and the hypervolume by generation.
std::vector<nlohmann::ordered_json> search_plots(const Plan& plan, const SearchOutcome& outcome);

}  // namespace airnn
