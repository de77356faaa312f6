// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/radix_sort.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace airnn {

namespace {

constexpr int kDigitBits = 11;
constexpr int kPasses = 3;
constexpr std::uint32_t kDigitMask = (1U << kDigitBits) - 1;
constexpr std::size_t kSmall = 2048;  // below it clearing the histograms costs more than comparing

/// An unsigned integer in the order of the value: negative numbers are stored as sign and
/// magnitude.
std::uint32_t key_of(float value) {
  std::uint32_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  return (bits & 0x80000000U) != 0 ? ~bits : bits | 0x80000000U;
}

std::uint32_t digit(std::uint32_t key, int pass) {
  return (key >> (pass * kDigitBits)) & kDigitMask;
}

}  // namespace

void radix_sort(std::vector<float>& values) {
  if (values.size() < kSmall) {
    std::sort(values.begin(), values.end());
    return;
  }
  std::array<std::vector<std::size_t>, kPasses> next;
  next.fill(std::vector<std::size_t>(kDigitMask + 1, 0));
  for (const float value : values) {
    const std::uint32_t key = key_of(value);
    for (int pass = 0; pass < kPasses; ++pass) {
      ++next[static_cast<std::size_t>(pass)][digit(key, pass)];
    }
  }
  std::vector<float> other(values.size());
  for (int pass = 0; pass < kPasses; ++pass) {
    std::vector<std::size_t>& place = next[static_cast<std::size_t>(pass)];
    std::size_t sum = 0;
    for (std::size_t& count : place) {
      const std::size_t begin = sum;
      sum += count;
      count = begin;
    }
    for (const float value : values) {
      other[place[digit(key_of(value), pass)]++] = value;
    }
    values.swap(other);
  }
}

}  // namespace airnn
