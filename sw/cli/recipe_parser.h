// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/cli/image_recipe.h"
#include "sw/cli/options.h"

namespace airnn {

/// A recipe from options that somebody else than the command line of `airnn compile` gives.
class RecipeParser {
 public:
  RecipeParser() { recipe_.add_to(options_); }
  RecipeParser(const RecipeParser&) = delete;
  RecipeParser& operator=(const RecipeParser&) = delete;

  /// {"--clusters", "10", ...}. Throws UserError.
  const ImageRecipe& parse(std::vector<std::string> arguments);
  /// Names of all options, "--clusters" ...
  std::vector<std::string> options() const;

 private:
  Options options_;
  ImageRecipe recipe_;
};

}  // namespace airnn
