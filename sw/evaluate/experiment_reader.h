// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/evaluate/experiment.h"
#include "sw/evaluate/matrix_reader.h"

namespace airnn {

/// Reads an experiment file (docs/evaluation.md) and what it includes, and spreads out its
/// matrices. A path that begins with `$AIRNN_DATA/` is one in the folder that this environment
/// variable names, or in `data` of the current folder without it; all others are relative to the
/// file they stand in or, where that has none of the name, to the first of `folders` that has.
/// Throws ConfigError with file, line, key and what was expected.
ExperimentSuite read_experiments(const std::string& path, const KeyCheck& check = {},
                                 const std::vector<std::string>& folders = {});

}  // namespace airnn
