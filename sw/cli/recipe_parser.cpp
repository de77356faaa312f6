// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/recipe_parser.h"

#include <utility>

#include "sw/cli/command_line.h"

namespace airnn {

const ImageRecipe& RecipeParser::parse(std::vector<std::string> arguments) {
  parse_options(options_, std::move(arguments));
  return recipe_;
}

std::vector<std::string> RecipeParser::options() const {
  std::vector<std::string> names;
  for (const Option& option : options_.options()) {
    names.push_back(option.name());
  }
  return names;
}

}  // namespace airnn
