// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sw/compiler/compile_options.h"
#include "sw/compiler/compile_report.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// An image that was just compiled, and how.
struct CompiledImage {
  CompileOptions options;
  CompileReport report;
  MemoryImage image;
};

/// How an image is made of a model: all that decides what it contains, but for the model.
class Recipe {
 public:
  virtual ~Recipe() = default;

  /// Options that need no look at the model. Throws UserError.
  virtual CompileOptions options() const = 0;
  /// Inputs that calibration takes at most; 0 without calibration. Throws UserError.
  virtual std::int64_t calibration_limit() const = 0;
  /// The model, and files named by options, whose content decides what an image contains, too.
  virtual std::vector<std::string> files(const std::string& model_path) const = 0;
  /// Compiles a model. `check` is called once options and model are known to be sound, before the
  /// long work. Throws UserError for whatever the user can put right.
  virtual CompiledImage build(const std::string& model_path, int threads,
                              const std::function<void()>& check = {}) const = 0;
};

/// Makes recipes of the settings `compile.X` of a point.
struct RecipeReader {
  /// What X can be.
  std::vector<std::string> keys;
  /// {{"clusters", "10"}, ...}. Throws UserError that begins with "--X: " if X has a wrong value.
  std::function<std::unique_ptr<Recipe>(
      const std::vector<std::pair<std::string, std::string>>& values)>
      read;
};

}  // namespace airnn
