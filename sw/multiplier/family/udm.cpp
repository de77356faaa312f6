// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/family/udm.h"

namespace airnn {

namespace {

constexpr unsigned kDigits = 4;  ///< of two bits

std::uint32_t digit(std::uint32_t operand, unsigned place) {
  return (operand >> (2 * place)) & 3U;
}

std::uint32_t udm_product(std::uint32_t a, std::uint32_t b, const FamilyValues& values) {
  const auto levels = static_cast<unsigned>(values[0]);
  std::uint32_t sum = 0;
  for (unsigned i = 0; i < kDigits; ++i) {
    for (unsigned j = 0; j < kDigits; ++j) {
      const std::uint32_t right = digit(a, i) * digit(b, j);
      const bool is_wrong = right == 9 && i < levels && j < levels;
      sum += (is_wrong ? 7U : right) << (2 * (i + j));
    }
  }
  return sum;
}

}  // namespace

MultiplierFamily udm_family() {
  MultiplierFamily family;
  family.name = "udm";
  family.sentence = "a bit of blocks of two by two bits: three times three is seven";
  family.source = "Kulkarni et al., VLSI Design 2011";
  family.parameters = {
      {"levels", 0, 4, "low pairs of bits of each operand whose blocks are wrong; 4 are all"}};
  family.multiply = udm_product;
  return family;
}

}  // namespace airnn
