// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sw/campaign/recipe.h"
#include "sw/cli/interleaving_options.h"
#include "sw/cli/options.h"
#include "sw/cli/preprocess_options.h"
#include "sw/model/model.h"

namespace airnn {

/// All options of `airnn compile` that decide what an image contains, and the compilation itself.
class ImageRecipe : public Recipe {
 public:
  /// Declares the options; they are stored here when a command line is parsed.
  void add_to(Options& app);
  CompiledImage build(const std::string& model_path, int threads,
                      const std::function<void()>& check = {}) const override;
  CompileOptions options() const override;
  std::int64_t calibration_limit() const override;
  std::vector<std::string> files(const std::string& model_path) const override;

 private:
  void add_clustering_options(Options& app);
  std::vector<std::vector<float>> calibration(const Network& network) const;

  std::string clusters_ = "elbow";
  std::string scheme_ = "iterative";
  std::string order_ = "maxmin";
  std::string init_ = "optimal";
  std::string seed_ = "1";
  std::string precision_ = "32";
  std::string index_width_ = "auto";
  std::string always_loaded_ = "none";
  std::string calibrate_;
  std::string calibrate_count_ = "256";
  PreprocessOptions preprocess_;
  InterleavingOptions interleaving_;
};

}  // namespace airnn
