// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/family/ssm.h"

namespace airnn {

namespace {

/// The low segment if the operand fits into it, else the high one.
std::uint32_t segment(std::uint32_t operand, int bits) {
  const auto shift = static_cast<unsigned>(8 - bits);
  const bool fits = operand >> static_cast<unsigned>(bits) == 0;
  return fits ? operand : operand >> shift << shift;
}

}  // namespace

MultiplierFamily ssm_family() {
  MultiplierFamily family;
  family.name = "ssm";
  family.sentence =
      "all but one segment of each operand: the low one if it fits, else the high one";
  family.source = "Narayanamoorthy et al., TVLSI 2015";
  family.parameters = {{"bits", 4, 8, "bits of a segment"}};  // shorter ones leave a gap
  family.multiply = [](std::uint32_t a, std::uint32_t b, const FamilyValues& values) {
    return segment(a, values[0]) * segment(b, values[0]);
  };
  return family;
}

}  // namespace airnn
