// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/recipe_parser.h"

#include <algorithm>

#include "sw/format/errors.h"

namespace airnn {

const ImageRecipe& RecipeParser::parse(std::vector<std::string> arguments) {
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
  try {
    app_.parse(arguments);
  } catch (const CLI::ParseError& error) {
    throw UserError(error.what());
  }
  return recipe_;
}

std::vector<std::string> RecipeParser::options() const {
  std::vector<std::string> names;
  for (const CLI::Option* option : app_.get_options()) {
    names.push_back("--" + option->get_single_name());
  }
  return names;
}

}  // namespace airnn
