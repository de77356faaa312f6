// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "sw/results/stored_run.h"

namespace airnn {

/// One run as a document like evaluation.json: its configuration, summary and iterations, and where
/// its cycles and its energy went.
nlohmann::ordered_json run_document(const StoredRun& run);

}  // namespace airnn
