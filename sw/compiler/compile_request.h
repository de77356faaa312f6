// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sw/compiler/compile_options.h"

namespace airnn {

/// What `airnn compile` is asked for, before the model is known.
struct CompileRequest {
  /// All but preprocessing, calibration inputs and threads, which compile_image() puts in.
  CompileOptions options;

  std::string preprocess_file;  ///< empty: the .yaml beside the model, if there is one
  std::vector<double> scale;    ///< one number, over the file's; empty: that of the file
  std::vector<double> mean;     ///< one number, or one per channel; empty: those of the file
  std::vector<double> deviation;

  std::string calibration_file;          ///< empty: no inputs but synthetic ones
  std::int64_t calibration_count = 256;  ///< so many of them at most
};

}  // namespace airnn
