// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/family/roba.h"

#include "sw/multiplier/family/leading_one.h"

namespace airnn {

namespace {

/// The nearest power of two; the greater one where two are as near, but for 3, which becomes 2.
std::uint32_t rounded(std::uint32_t operand) {
  if (operand == 0) {
    return 0;
  }
  const std::uint32_t below = 1U << static_cast<unsigned>(bit_length(operand) - 1);
  const bool is_up = 2 * operand >= 3 * below && operand > 3;
  return is_up ? 2 * below : below;
}

/// All but (a - rounded a) * (b - rounded b).
std::uint32_t roba_product(std::uint32_t a, std::uint32_t b, const FamilyValues& /*values*/) {
  return rounded(a) * b + rounded(b) * a - rounded(a) * rounded(b);
}

}  // namespace

MultiplierFamily roba_family() {
  MultiplierFamily family;
  family.name = "roba";
  family.sentence = "the product of what each operand differs from a power of two";
  family.source = "Zendegani et al., TVLSI 2017";
  family.multiply = roba_product;
  return family;
}

}  // namespace airnn
