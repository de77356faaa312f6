// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/family/mitchell.h"

#include "sw/multiplier/family/leading_one.h"

namespace airnn {

namespace {

constexpr unsigned kFraction = 7;  ///< bits of a logarithm's fraction

std::uint32_t mitchell_product(std::uint32_t a, std::uint32_t b, const FamilyValues& /*values*/) {
  if (a == 0 || b == 0) {
    return 0;
  }
  const auto exponent_a = static_cast<unsigned>(bit_length(a) - 1);
  const auto exponent_b = static_cast<unsigned>(bit_length(b) - 1);
  const std::uint32_t one = 1U << kFraction;
  const std::uint32_t fractions =
      (a << (kFraction - exponent_a)) - one + (b << (kFraction - exponent_b)) - one;
  const unsigned exponent = exponent_a + exponent_b;
  return fractions < one ? ((one + fractions) << exponent) >> kFraction
                         : (fractions << (exponent + 1)) >> kFraction;
}

}  // namespace

MultiplierFamily mitchell_family() {
  MultiplierFamily family;
  family.name = "mitchell";
  family.sentence = "what logarithms lose that are linear between powers of two";
  family.source = "Mitchell, IRE Transactions on Electronic Computers 1962";
  family.multiply = mitchell_product;
  return family;
}

}  // namespace airnn
