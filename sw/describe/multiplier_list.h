// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "sw/multiplier/library_figures.h"

namespace airnn {

/// A row per multiplier: formula or table, checksum, errors, energy, and which front it is on.
std::string multipliers_text(const MultiplierLibrary& library,
                             const std::vector<MultiplierFigures>& figures);

/// The same as one document.
nlohmann::ordered_json multipliers_json(const MultiplierLibrary& library,
                                        const std::vector<MultiplierFigures>& figures);

}  // namespace airnn
