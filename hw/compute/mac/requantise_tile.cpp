// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/mac/requantise_tile.h"

namespace airnn {

namespace {

// AVX2 shifts 64-bit lanes right without sign only: the sums are made positive for the shift.
inline ClampedCount requantise_lanes(const std::int64_t* sums, const Requantisation& requantisation,
                                     std::int32_t* results) {
  const int shift = requantisation.shift;
  const std::uint64_t sign = std::uint64_t{1} << 63;
  const std::uint64_t offset = sign + (shift == 0 ? 0 : std::uint64_t{1} << (shift - 1));
  const std::uint64_t back = sign >> shift;
  std::uint64_t below = 0;
  std::uint64_t above = 0;
  for (std::size_t p = 0; p < kTilePositions; ++p) {
    const std::uint64_t shifted = (static_cast<std::uint64_t>(sums[p]) + offset) >> shift;
    auto value = static_cast<std::int64_t>(shifted - back);
    below += value < requantisation.low ? 1 : 0;
    above += value > requantisation.high ? 1 : 0;
    value = value < requantisation.low ? requantisation.low : value;
    value = value > requantisation.high ? requantisation.high : value;
    results[p] = static_cast<std::int32_t>(value);
  }
  return {below, above};
}

#if defined(__x86_64__)

bool has_avx2() {
  static const bool has = __builtin_cpu_supports("avx2") != 0;
  return has;
}

__attribute__((target("avx2"))) ClampedCount requantise_avx2(const std::int64_t* sums,
                                                             const Requantisation& requantisation,
                                                             std::int32_t* results) {
  return requantise_lanes(sums, requantisation, results);
}

#endif

}  // namespace

ClampedCount requantise_tile(const std::int64_t* sums, const Requantisation& requantisation,
                             std::int32_t* results) {
#if defined(__x86_64__)
  if (has_avx2()) {
    return requantise_avx2(sums, requantisation, results);
  }
#endif
  return requantise_lanes(sums, requantisation, results);
}

}  // namespace airnn
