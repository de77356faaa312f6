// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/associative/matched_tile.h"

#include <algorithm>

#include "hw/compute/product/product.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace airnn {

namespace {

#if defined(__x86_64__)

bool compares_eight() {
  static const bool has = __builtin_cpu_supports("avx2") != 0;
  return has;
}

/// With more rows a search by intervals is faster.
constexpr std::size_t kMostCompared = 24;

/// Every row of the bin is compared with eight pixels at once.
__attribute__((target("avx2"))) void compare_rows(const MatchTable& table, std::size_t bin,
                                                  const std::int32_t* pixels,
                                                  std::int32_t* operands) {
  constexpr std::size_t vectors = kTilePositions / 8;
  __m256i pixel[vectors];
  __m256i found[vectors];
  for (std::size_t v = 0; v < vectors; ++v) {
    pixel[v] = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(pixels + 8 * v));
    found[v] = pixel[v];
  }
  const std::vector<std::int32_t>& rows = table.rows_of(bin);
  // The first of several that match is the last to be put.
  for (std::size_t i = rows.size(); i-- > 0;) {
    const MatchTable::Row& row = table.rows()[static_cast<std::size_t>(rows[i])];
    const __m128i bits = _mm_cvtsi32_si128(row.free_bits);
    const __m256i value = _mm256_set1_epi32(row.value >> row.free_bits);
    const __m256i operand = _mm256_set1_epi32(table.operand(rows[i]));
    for (std::size_t v = 0; v < vectors; ++v) {
      const __m256i is_hit = _mm256_cmpeq_epi32(_mm256_sra_epi32(pixel[v], bits), value);
      found[v] = _mm256_blendv_epi8(found[v], operand, is_hit);
    }
  }
  for (std::size_t v = 0; v < vectors; ++v) {
    const __m256i is_zero = _mm256_cmpeq_epi32(pixel[v], _mm256_setzero_si256());
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(operands + 8 * v),
                        _mm256_andnot_si256(is_zero, found[v]));
  }
}

#endif

}  // namespace

void put_operands(const MatchTable& table, std::size_t bin, const std::int32_t* pixels,
                  std::int32_t* operands) {
#if defined(__x86_64__)
  if (compares_eight() && table.rows_of(bin).size() <= kMostCompared) {
    compare_rows(table, bin, pixels, operands);
    return;
  }
#endif
  put_operands_portable(table, bin, pixels, operands);
}

void put_operands_portable(const MatchTable& table, std::size_t bin, const std::int32_t* pixels,
                           std::int32_t* operands) {
  for (std::size_t p = 0; p < kTilePositions; ++p) {
    const std::int32_t row =
        pixels[p] == 0 ? MatchTable::kNoRow
                       : table.row_of(table.interval_of(pixels[p]), static_cast<std::uint8_t>(bin));
    operands[p] = row == MatchTable::kNoRow ? pixels[p] : table.operand(row);
  }
}

}  // namespace airnn
