// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/recipe_parser.h"

#include <string>
#include <utility>

#include "sw/cli/command_line.h"
#include "sw/cli/image_recipe.h"
#include "sw/cli/options.h"

namespace airnn {

namespace {

using Values = std::vector<std::pair<std::string, std::string>>;

/// A recipe together with the options that store their values in it.
class ParsedRecipe : public ImageRecipe {
 public:
  explicit ParsedRecipe(const Values& values) {
    add_to(options_);
    std::vector<std::string> words;
    for (const auto& [key, value] : values) {
      words.push_back("--" + key + "=" + value);
    }
    parse_options(options_, std::move(words));
  }

 private:
  Options options_;
};

}  // namespace

RecipeReader recipe_reader() {
  RecipeReader reader;
  Options options;
  ImageRecipe recipe;
  recipe.add_to(options);
  for (const Option& option : options.options()) {
    reader.keys.push_back(option.name().substr(2));
  }
  reader.read = [](const Values& values) { return std::make_unique<ParsedRecipe>(values); };
  return reader;
}

}  // namespace airnn
