// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>

#include "sw/results/run_results.h"

namespace airnn {

/// The files of a run, in the order of RunFiles (docs/results_format.md).
inline constexpr std::array<const char*, 3> kRunFileNames = {"results.json", "inputs.csv",
                                                             "counts.csv"};

/// Their texts.
struct RunFiles {
  std::string results_json;
  std::string inputs_csv;
  std::string counts_csv;
};

/// What is to be written down of a run.
RunFiles run_files(const RunResults& results);

/// Writes them to a folder that is there; all are on disk before the first gets its name. Throws
/// UserError.
void write_run_files(const std::string& folder, const RunFiles& files);

}  // namespace airnn
