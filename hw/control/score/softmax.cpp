// SPDX-License-Identifier: Apache-2.0
#include "hw/control/score/softmax.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace airnn {

namespace {

constexpr std::uint64_t kLog2E = 1549082005;  // log2(e), 30 fraction bits
constexpr int kExponentBits = 26;
constexpr int kIndexBits = 10;
constexpr int kInterpolationBits = kExponentBits - kIndexBits;
constexpr std::uint64_t kOne = std::uint64_t{1} << 31;

using Table = std::array<std::uint64_t, (1U << kIndexBits) + 1>;

Table make_table() {
  Table table{};
  for (std::size_t j = 0; j < table.size(); ++j) {
    const double power = std::exp2(-static_cast<double>(j) / (1U << kIndexBits));
    table[j] = static_cast<std::uint64_t>(std::llround(static_cast<double>(kOne) * power));
  }
  return table;
}

/// 2^-t for t with 26 fraction bits, in Q0.31 (1.0 is 2^31).
std::uint64_t power_of_half(std::uint64_t t) {
  static const Table table = make_table();
  const std::uint64_t whole = t >> kExponentBits;
  const std::uint64_t fraction = t & ((std::uint64_t{1} << kExponentBits) - 1);
  const std::uint64_t index = fraction >> kInterpolationBits;
  const std::uint64_t rest = fraction & ((std::uint64_t{1} << kInterpolationBits) - 1);
  const std::uint64_t step = table[index] - table[index + 1];
  const std::uint64_t half = std::uint64_t{1} << (kInterpolationBits - 1);
  const std::uint64_t mantissa = table[index] - ((step * rest + half) >> kInterpolationBits);
  if (whole == 0) {
    return mantissa;
  }
  return whole > 32 ? 0 : (mantissa + (std::uint64_t{1} << (whole - 1))) >> whole;
}

}  // namespace

std::vector<std::int64_t> softmax(const std::int32_t* outputs, std::size_t classes,
                                  int fraction_bits) {
  const std::int64_t largest = *std::max_element(outputs, outputs + classes);
  const int shift = fraction_bits + 30 - kExponentBits;
  std::vector<std::int64_t> result(classes);
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < classes; ++i) {
    const auto below = static_cast<std::uint64_t>(largest - outputs[i]);
    const std::uint64_t exponent = shift >= 64 ? 0 : (below * kLog2E) >> shift;
    const std::uint64_t power = power_of_half(exponent);
    result[i] = static_cast<std::int64_t>(power);
    sum += power;
  }
  const std::uint64_t reciprocal = (std::uint64_t{1} << 62) / sum;
  for (std::int64_t& p : result) {
    const std::uint64_t product = static_cast<std::uint64_t>(p) * reciprocal;
    p = static_cast<std::int64_t>(std::min((product + (kOne >> 1)) >> 31, kOne - 1));
  }
  return result;
}

}  // namespace airnn
