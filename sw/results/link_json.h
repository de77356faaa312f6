// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "sw/results/run_record.h"

namespace airnn {

/// The part `interconnect` of results.json, of a machine whose streams share wires: nodes with
/// their units, and what each wire carried over the whole run, boot included.
nlohmann::ordered_json link_json(const RunRecord& record);

}  // namespace airnn
