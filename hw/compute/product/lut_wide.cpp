// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/product/lut_kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace airnn::lut {

#if defined(__x86_64__)

bool has_wide() {
  return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0;
}

namespace {

#define AIRNN_WIDE __attribute__((target("avx512f,avx512bw")))

/// Entries 64 * part .. 64 * part + 63 of a row, by the six low bits of `magnitudes`.
AIRNN_WIDE inline __m512i look_up(const std::uint16_t* row, int part, __m512i magnitudes) {
  const std::uint16_t* from = row + 64 * part;
  return _mm512_permutex2var_epi16(_mm512_loadu_si512(from), magnitudes,
                                   _mm512_loadu_si512(from + 32));
}

/// What the row of a weight has for 32 magnitudes.
AIRNN_WIDE inline __m512i look_up_all(const std::uint16_t* row, __m512i magnitudes) {
  const __mmask32 odd = _mm512_test_epi16_mask(magnitudes, _mm512_set1_epi16(64));
  const __mmask32 upper = _mm512_test_epi16_mask(magnitudes, _mm512_set1_epi16(128));
  const __m512i low =
      _mm512_mask_blend_epi16(odd, look_up(row, 0, magnitudes), look_up(row, 1, magnitudes));
  if (upper == 0) {  // mostly
    return low;
  }
  const __m512i high =
      _mm512_mask_blend_epi16(odd, look_up(row, 2, magnitudes), look_up(row, 3, magnitudes));
  return _mm512_mask_blend_epi16(upper, low, high);
}

}  // namespace

/// Two tables of 32 words are one instruction here: four of them are a row.
AIRNN_WIDE void accumulate_wide(const std::uint16_t* rows, const KernelWeight* begin,
                                const KernelWeight* end, const std::int32_t* pixels,
                                std::size_t stride, std::int64_t* sums) {
  static_assert(kTilePositions == 32, "a tile is a vector of 32 words");
  alignas(64) std::uint16_t low_words[32];
  for (std::uint16_t i = 0; i < 32; ++i) {
    low_words[i] = static_cast<std::uint16_t>(2 * i);
  }
  const __m512i narrow = _mm512_load_si512(low_words);
  const __m512i zero = _mm512_setzero_si512();
  __m512i first = zero;  // sums of the first 16 positions
  __m512i last = zero;
  for (const KernelWeight* weight = begin; weight != end; ++weight) {
    const std::int32_t of_weight = low_word(weight->value) >> 31;
    const std::uint16_t* row = rows + magnitude_of(weight->value) * kMagnitudes;
    const std::int32_t* from = pixels + weight->column * stride;
    const __m512i x =
        _mm512_permutex2var_epi16(_mm512_loadu_si512(from), narrow, _mm512_loadu_si512(from + 16));
    const __m512i products = look_up_all(row, _mm512_abs_epi16(x));
    const std::uint32_t negative = _mm512_movepi16_mask(x) ^ static_cast<std::uint32_t>(of_weight);
    // With masks, as gcc 12 takes what is undefined in the plain forms for a mistake.
    const __m512i low =
        _mm512_maskz_cvtepu16_epi32(0xFFFF, _mm512_maskz_extracti64x4_epi64(0xFF, products, 0));
    const __m512i high =
        _mm512_maskz_cvtepu16_epi32(0xFFFF, _mm512_maskz_extracti64x4_epi64(0xFF, products, 1));
    const auto low_sign = static_cast<__mmask16>(negative & 0xFFFFU);
    const auto high_sign = static_cast<__mmask16>(negative >> 16);
    first = _mm512_add_epi32(first, _mm512_mask_sub_epi32(low, low_sign, zero, low));
    last = _mm512_add_epi32(last, _mm512_mask_sub_epi32(high, high_sign, zero, high));
  }
  alignas(64) std::int32_t of_tile[32];
  _mm512_store_si512(of_tile, first);
  _mm512_store_si512(of_tile + 16, last);
  for (std::size_t p = 0; p < kTilePositions; ++p) {
    sums[p] += of_tile[p];
  }
}

#undef AIRNN_WIDE

#else

bool has_wide() {
  return false;
}

void accumulate_wide(const std::uint16_t* /*rows*/, const KernelWeight* /*begin*/,
                     const KernelWeight* /*end*/, const std::int32_t* /*pixels*/,
                     std::size_t /*stride*/, std::int64_t* /*sums*/) {}

#endif

}  // namespace airnn::lut
