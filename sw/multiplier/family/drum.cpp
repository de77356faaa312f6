// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/family/drum.h"

#include "sw/multiplier/family/leading_one.h"

namespace airnn {

namespace {

/// The `bits` bits from the leading one on. Where any are cut off, the lowest of the rest is set:
/// the mean of what they can be.
std::uint32_t leading_bits(std::uint32_t operand, int bits) {
  const int cut = bit_length(operand) - bits;
  if (cut <= 0) {
    return operand;
  }
  const auto shift = static_cast<unsigned>(cut);
  return ((operand >> shift) | 1U) << shift;
}

}  // namespace

MultiplierFamily drum_family() {
  MultiplierFamily family;
  family.name = "drum";
  family.sentence = "all but some bits from the leading one on, the lowest of which is set";
  family.source = "Hashemi et al., ICCAD 2015";
  family.parameters = {{"bits", 1, 8, "bits of an operand that are multiplied"}};
  family.multiply = [](std::uint32_t a, std::uint32_t b, const FamilyValues& values) {
    return leading_bits(a, values[0]) * leading_bits(b, values[0]);
  };
  return family;
}

}  // namespace airnn
