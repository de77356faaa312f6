// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sw/compiler/compile_options.h"

namespace airnn {

struct LayerElements;

/// What `airnn compile` is asked for, before the model is known.
struct CompileRequest {
  /// All but preprocessing, calibration inputs, threads and checkpoint: compile_image() puts them
  /// in.
  CompileOptions options;

  std::string preprocess_file;  ///< empty: the .yaml beside the model, if there is one
  std::vector<double> scale;    ///< one number, over the file's; empty: that of the file
  std::vector<double> mean;     ///< one number, or one per channel; empty: those of the file
  std::vector<double> deviation;

  /// Machine whose multipliers the image is for; empty: exact ones.
  std::string accelerator_file;
  /// The same, if it is no file but already known; it stands over the file.
  std::shared_ptr<const LayerElements> elements;
  /// Layers whose weights are tuned for them: names, or `none`, `all`.
  std::vector<std::string> tuned{"none"};

  /// As CompileOptions::rows, of a model with bins.
  int rows = 16;

  std::string calibration_file;          ///< empty: no inputs but synthetic ones
  std::int64_t calibration_first = 0;    ///< number of the first of its images that counts, from 0
  std::int64_t calibration_count = 256;  ///< so many from there at most
};

}  // namespace airnn
