// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/family/trunc.h"

#include "sw/multiplier/family/array_energy.h"
#include "sw/multiplier/family/broken_array.h"

namespace airnn {

MultiplierFamily trunc_family() {
  MultiplierFamily family;
  family.name = "trunc";
  family.sentence = "cells of the columns below a limit";
  family.source = "a broken array with all its rows";
  family.parameters = {{"columns", 0, 15, "columns that are left out"}};
  family.multiply = [](std::uint32_t a, std::uint32_t b, const FamilyValues& values) {
    return broken_array_product(a, b, 0, values[0]);
  };
  family.relative_energy = [](const FamilyValues& values) {
    return broken_array_energy(0, values[0]);
  };
  return family;
}

}  // namespace airnn
