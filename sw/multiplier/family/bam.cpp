// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/family/bam.h"

#include "sw/multiplier/family/array_energy.h"
#include "sw/multiplier/family/broken_array.h"

namespace airnn {

MultiplierFamily bam_family() {
  MultiplierFamily family;
  family.name = "bam";
  family.sentence = "cells of the rows and of the columns below a limit";
  family.source = "Mahdiani et al., TCAS-I 2010";
  family.parameters = {{"rows", 0, 8, "rows that are left out"},
                       {"columns", 0, 15, "columns that are left out"}};
  family.multiply = [](std::uint32_t a, std::uint32_t b, const FamilyValues& values) {
    return broken_array_product(a, b, values[0], values[1]);
  };
  family.relative_energy = [](const FamilyValues& values) {
    return broken_array_energy(values[0], values[1]);
  };
  return family;
}

}  // namespace airnn
