// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "sw/results/stored_run.h"

namespace airnn {

/// How many elements of the inputs and of each layer's results a run had that their number format
/// could not hold, as a table of a document: a row each, all iterations together.
nlohmann::ordered_json saturation_table(const StoredRun& run);

}  // namespace airnn
