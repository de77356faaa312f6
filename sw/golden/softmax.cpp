// SPDX-License-Identifier: Apache-2.0
#include "sw/golden/softmax.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace airnn::golden {

namespace {

constexpr std::uint64_t kLog2E = 1549082005;  // round(log2(e) * 2^30)
constexpr std::uint32_t kIntervals = 1024;    // of the table of powers of two

std::array<std::uint64_t, kIntervals + 1> powers_of_two() {
  std::array<std::uint64_t, kIntervals + 1> table{};
  for (std::uint32_t j = 0; j <= kIntervals; ++j) {
    table[j] = static_cast<std::uint64_t>(std::llround(std::exp2(31.0 - j / double{kIntervals})));
  }
  return table;
}

/// 2^31 * e^-(distance * 2^-fraction_bits), steps 1 to 4 of the specification.
std::uint64_t exponential(std::uint64_t distance, std::int32_t fraction_bits) {
  static const auto table = powers_of_two();
  const std::int32_t shift = fraction_bits + 4;
  const std::uint64_t t = shift >= 64 ? 0 : (distance * kLog2E) >> shift;
  const std::uint64_t halvings = t >> 26;
  if (halvings > 32) {
    return 0;
  }
  const std::uint64_t interval = (t & ((1U << 26) - 1)) >> 16;
  const std::uint64_t place = t & 0xFFFF;
  const std::uint64_t high = table[interval];
  const std::uint64_t e = high - (((high - table[interval + 1]) * place + (1U << 15)) >> 16);
  return halvings == 0 ? e : (e + (std::uint64_t{1} << (halvings - 1))) >> halvings;
}

}  // namespace

std::vector<std::int32_t> fixed_softmax(const std::vector<std::int32_t>& outputs,
                                        std::int32_t fraction_bits) {
  const std::int64_t largest = *std::max_element(outputs.begin(), outputs.end());
  std::vector<std::uint64_t> exponentials;
  std::uint64_t sum = 0;
  for (const std::int32_t output : outputs) {
    exponentials.push_back(
        exponential(static_cast<std::uint64_t>(largest - output), fraction_bits));
    sum += exponentials.back();
  }
  const std::uint64_t reciprocal = (std::uint64_t{1} << 62) / sum;
  std::vector<std::int32_t> probabilities;
  for (const std::uint64_t e : exponentials) {
    const std::uint64_t p = (e * reciprocal + (1U << 30)) >> 31;
    probabilities.push_back(
        static_cast<std::int32_t>(std::min<std::uint64_t>(p, (std::uint64_t{1} << 31) - 1)));
  }
  return probabilities;
}

std::vector<double> reference_softmax(const std::vector<double>& logits) {
  const double largest = *std::max_element(logits.begin(), logits.end());
  std::vector<double> probabilities;
  double sum = 0;
  for (const double logit : logits) {
    probabilities.push_back(std::exp(logit - largest));
    sum += probabilities.back();
  }
  for (double& probability : probabilities) {
    probability /= sum;
  }
  return probabilities;
}

}  // namespace airnn::golden
