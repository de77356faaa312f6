// SPDX-License-Identifier: Apache-2.0
#include "sw/golden/multiply_tile.h"

#include <algorithm>

#if defined(__x86_64__) && defined(__GNUC__)
#define AIRNN_GOLDEN_AVX2 1
#include <immintrin.h>
#endif

namespace airnn::golden {

void multiply_tile_portable(const Term* terms, std::size_t count, const std::int32_t* panel,
                            std::size_t width, std::int64_t* sums) {
  std::fill(sums, sums + width, 0);
  for (std::size_t t = 0; t < count; ++t) {
    const std::int64_t value = terms[t].value;
    const std::int32_t* row = panel + static_cast<std::size_t>(terms[t].row) * width;
    for (std::size_t j = 0; j < width; ++j) {
      sums[j] += value * row[j];
    }
  }
}

#ifdef AIRNN_GOLDEN_AVX2

namespace {

// The compiler's own vector code widens every operand in registers first. The multiplier reads only
// the low halves of 64-bit lanes, so even elements need no widening and odd ones a single shift.
template <std::size_t kVectors>
__attribute__((target("avx2"))) void multiply_vectors(const Term* terms, std::size_t count,
                                                      const std::int32_t* panel,
                                                      std::int64_t* sums) {
  __m256i even[kVectors];
  __m256i odd[kVectors];
  for (std::size_t v = 0; v < kVectors; ++v) {
    even[v] = _mm256_setzero_si256();
    odd[v] = _mm256_setzero_si256();
  }
  for (std::size_t t = 0; t < count; ++t) {
    const __m256i value = _mm256_set1_epi32(terms[t].value);
    const std::int32_t* row = panel + static_cast<std::size_t>(terms[t].row) * kVectors * 8;
    for (std::size_t v = 0; v < kVectors; ++v) {
      const __m256i x = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(row + 8 * v));
      even[v] = _mm256_add_epi64(even[v], _mm256_mul_epi32(x, value));
      odd[v] = _mm256_add_epi64(odd[v], _mm256_mul_epi32(_mm256_srli_epi64(x, 32), value));
    }
  }
  for (std::size_t v = 0; v < kVectors; ++v) {
    const __m256i low = _mm256_unpacklo_epi64(even[v], odd[v]);
    const __m256i high = _mm256_unpackhi_epi64(even[v], odd[v]);
    auto* to = reinterpret_cast<__m256i*>(sums + 8 * v);
    _mm256_storeu_si256(to, _mm256_permute2x128_si256(low, high, 0x20));
    _mm256_storeu_si256(to + 1, _mm256_permute2x128_si256(low, high, 0x31));
  }
}

__attribute__((target("avx2"))) void multiply_tile_avx2(const Term* terms, std::size_t count,
                                                        const std::int32_t* panel,
                                                        std::size_t width, std::int64_t* sums) {
  switch (width) {
    case 8:
      return multiply_vectors<1>(terms, count, panel, sums);
    case 16:
      return multiply_vectors<2>(terms, count, panel, sums);
    case 24:
      return multiply_vectors<3>(terms, count, panel, sums);
    default:
      return multiply_vectors<4>(terms, count, panel, sums);
  }
}

}  // namespace

MultiplyTile fastest_multiply_tile() {
  static const bool has_avx2 = __builtin_cpu_supports("avx2");
  return has_avx2 ? multiply_tile_avx2 : multiply_tile_portable;
}

#else

MultiplyTile fastest_multiply_tile() {
  return multiply_tile_portable;
}

#endif

}  // namespace airnn::golden
