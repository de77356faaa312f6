// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/mac/multiply_accumulate.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

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

// The processor multiplies the even 32-bit lanes of a vector into 64-bit products. Even and odd
// positions are therefore summed apart and woven together at the end.
__attribute__((target("avx2"))) void accumulate_avx2(const KernelWeight* begin,
                                                     const KernelWeight* end,
                                                     const std::int32_t* operands,
                                                     std::size_t stride, std::int64_t* sums) {
  constexpr std::size_t vectors = kTilePositions / 8;
  __m256i even[vectors];
  __m256i odd[vectors];
  for (std::size_t v = 0; v < vectors; ++v) {
    even[v] = odd[v] = _mm256_setzero_si256();
  }
  for (const KernelWeight* weight = begin; weight != end; ++weight) {
    const __m256i value = _mm256_set1_epi64x(weight->value);
    const std::int32_t* from = operands + weight->column * stride;
    for (std::size_t v = 0; v < vectors; ++v) {
      const __m256i x = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + 8 * v));
      even[v] = _mm256_add_epi64(even[v], _mm256_mul_epi32(value, x));
      odd[v] = _mm256_add_epi64(odd[v], _mm256_mul_epi32(value, _mm256_srli_epi64(x, 32)));
    }
  }
  for (std::size_t v = 0; v < vectors; ++v) {
    alignas(32) std::int64_t even_sums[4];
    alignas(32) std::int64_t odd_sums[4];
    _mm256_store_si256(reinterpret_cast<__m256i*>(even_sums), even[v]);
    _mm256_store_si256(reinterpret_cast<__m256i*>(odd_sums), odd[v]);
    for (std::size_t i = 0; i < 4; ++i) {
      sums[8 * v + 2 * i] += even_sums[i];
      sums[8 * v + 2 * i + 1] += odd_sums[i];
    }
  }
}

#endif

}  // namespace

void multiply_accumulate_portable(const KernelWeight* begin, const KernelWeight* end,
                                  const std::int32_t* operands, std::size_t stride,
                                  std::int64_t* sums) {
  for (const KernelWeight* weight = begin; weight != end; ++weight) {
    const std::int32_t* from = operands + weight->column * stride;
    for (std::size_t p = 0; p < kTilePositions; ++p) {
      sums[p] += std::int64_t{weight->value} * from[p];
    }
  }
}

void multiply_accumulate(const KernelWeight* begin, const KernelWeight* end,
                         const std::int32_t* operands, std::size_t stride, std::int64_t* sums) {
#if defined(__x86_64__)
  if (has_avx2()) {
    accumulate_avx2(begin, end, operands, stride, sums);
    return;
  }
#endif
  multiply_accumulate_portable(begin, end, operands, stride, sums);
}

ClampedCount requantise_tile(const std::int64_t* sums, const Requantisation& requantisation,
                             std::int32_t* results) {
#if defined(__x86_64__)
  if (has_avx2()) {
    return requantise_avx2(sums, requantisation, results);
  }
#endif
  return requantise_lanes(sums, requantisation, results);
}

std::int64_t dot_product(const KernelWeight* begin, const KernelWeight* end,
                         const std::int32_t* operands) {
  std::int64_t sum = 0;
  for (const KernelWeight* weight = begin; weight != end; ++weight) {
    sum += std::int64_t{weight->value} * operands[weight->column];
  }
  return sum;
}

}  // namespace airnn
