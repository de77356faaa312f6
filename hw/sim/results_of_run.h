// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/sim/run_config.h"
#include "sw/results/run_results.h"

namespace airnn {

/// What a run by this configuration gave, without labels and what else the machine does not know.
/// Image and record must outlive it; `image_file` is its name without folder.
RunResults results_of_run(const MemoryImage& image, const std::string& image_file,
                          const RunConfig& config, const RunRecord& record);

}  // namespace airnn
