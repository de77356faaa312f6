// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/family/mask.h"

#include "sw/multiplier/family/array_energy.h"

namespace airnn {

namespace {

std::uint32_t without_low_bits(std::uint32_t operand, int bits) {
  return operand >> static_cast<unsigned>(bits) << static_cast<unsigned>(bits);
}

}  // namespace

MultiplierFamily mask_family() {
  MultiplierFamily family;
  family.name = "mask";
  family.sentence = "low bits of the operands, which are cleared";
  family.source = "an exact multiplier of fewer bits";
  family.parameters = {{"a_bits", 0, 8, "low bits of the activation that are cleared"},
                       {"b_bits", 0, 8, "low bits of the weight that are cleared"}};
  family.multiply = [](std::uint32_t a, std::uint32_t b, const FamilyValues& values) {
    return without_low_bits(a, values[0]) * without_low_bits(b, values[1]);
  };
  family.relative_energy = [](const FamilyValues& values) {
    return small_array_energy(8 - values[0], 8 - values[1]);
  };
  return family;
}

}  // namespace airnn
