// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/campaign/recipe.h"

namespace airnn {

/// What an experiment's `compile.X` means: the same as option `--X` of `airnn compile`.
RecipeReader recipe_reader();

}  // namespace airnn
