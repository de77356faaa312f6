// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "sw/evaluate/plan.h"
#include "sw/evaluate/point_labels.h"
#include "sw/evaluate/point_measures.h"

namespace airnn {

/// "done", "failed" or "missing": not run yet, or in another shard.
const char* status_of(const PointMeasures& point);
bool is_done(const PointMeasures& point);

/// Those of a plan's points that an experiment has.
MeasuredPoints points_of(std::size_t experiment, const std::vector<PointMeasures>& points);

/// A name for each point of a plan, which the tables and plots of its experiment call it by. Where
/// there are several experiments, the experiment's is put before it if `with_experiment`.
std::vector<std::string> names_of(const Plan& plan, const std::vector<PointMeasures>& points,
                                  bool with_experiment);

/// How many of how many points are done, and who the others are, as evaluation.json has it.
nlohmann::ordered_json progress_json(const Plan& plan, const std::vector<PointMeasures>& points);

}  // namespace airnn
