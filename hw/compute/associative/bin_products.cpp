// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/associative/bin_products.h"

#include "hw/compute/associative/binned_kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace airnn {

namespace {

#if defined(__x86_64__)

bool has_wide_registers() {
  static const bool has = __builtin_cpu_supports("avx512f") != 0;
  return has;
}

constexpr std::size_t kInRegisters = 16;  ///< products that two registers hold
constexpr std::size_t kVectors = kTilePositions / 8;

/// Up to 16 products of an input lie in two registers, by which a bin's is picked.
__attribute__((target("avx512f"))) void add_from_registers(
    const std::vector<std::uint32_t>& columns, const std::vector<std::int64_t>& products,
    std::size_t stride, const std::uint8_t* panel, std::int64_t* sums) {
  __m512i sum[kVectors];
  for (std::size_t v = 0; v < kVectors; ++v) {
    sum[v] = _mm512_loadu_si512(sums + 8 * v);
  }
  const __m512i none = _mm512_set1_epi64(BinnedKernels::kNoBin);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const __m512i low = _mm512_loadu_si512(&products[i * stride]);
    const __m512i high =
        stride > 8 ? _mm512_loadu_si512(&products[i * stride + 8]) : _mm512_setzero_si512();
    const std::uint8_t* bins = panel + std::size_t{columns[i]} * kTilePositions;
    for (std::size_t v = 0; v < kVectors; ++v) {
      const __m512i bin = _mm512_maskz_cvtepu8_epi64(
          0xFF, _mm_loadl_epi64(reinterpret_cast<const __m128i*>(bins + 8 * v)));
      const __mmask8 is_there = _mm512_cmpneq_epi64_mask(bin, none);
      sum[v] = _mm512_add_epi64(
          sum[v], _mm512_maskz_mov_epi64(is_there, _mm512_permutex2var_epi64(low, bin, high)));
    }
  }
  for (std::size_t v = 0; v < kVectors; ++v) {
    _mm512_storeu_si512(sums + 8 * v, sum[v]);
  }
}

/// More of them are gathered.
__attribute__((target("avx512f"))) void add_gathered(const std::vector<std::uint32_t>& columns,
                                                     const std::vector<std::int64_t>& products,
                                                     std::size_t stride, const std::uint8_t* panel,
                                                     std::int64_t* sums) {
  __m512i sum[kVectors];
  for (std::size_t v = 0; v < kVectors; ++v) {
    sum[v] = _mm512_loadu_si512(sums + 8 * v);
  }
  const __m512i none = _mm512_set1_epi64(BinnedKernels::kNoBin);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::uint8_t* bins = panel + std::size_t{columns[i]} * kTilePositions;
    for (std::size_t v = 0; v < kVectors; ++v) {
      const __m512i bin = _mm512_maskz_cvtepu8_epi64(
          0xFF, _mm_loadl_epi64(reinterpret_cast<const __m128i*>(bins + 8 * v)));
      const __mmask8 is_there = _mm512_cmpneq_epi64_mask(bin, none);
      sum[v] =
          _mm512_add_epi64(sum[v], _mm512_mask_i64gather_epi64(_mm512_setzero_si512(), is_there,
                                                               bin, &products[i * stride], 8));
    }
  }
  for (std::size_t v = 0; v < kVectors; ++v) {
    _mm512_storeu_si512(sums + 8 * v, sum[v]);
  }
}

#endif

}  // namespace

void add_bin_products(const std::vector<std::uint32_t>& columns,
                      const std::vector<std::int64_t>& products, std::size_t stride,
                      const std::uint8_t* panel, std::int64_t* sums) {
#if defined(__x86_64__)
  if (has_wide_registers()) {
    (stride <= kInRegisters ? add_from_registers : add_gathered)(columns, products, stride, panel,
                                                                 sums);
    return;
  }
#endif
  add_bin_products_portable(columns, products, stride, panel, sums);
}

void add_bin_products_portable(const std::vector<std::uint32_t>& columns,
                               const std::vector<std::int64_t>& products, std::size_t stride,
                               const std::uint8_t* panel, std::int64_t* sums) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::int64_t* of_bin = &products[i * stride];
    const std::uint8_t* bins = panel + std::size_t{columns[i]} * kTilePositions;
    for (std::size_t p = 0; p < kTilePositions; ++p) {
      sums[p] += bins[p] == BinnedKernels::kNoBin ? 0 : of_bin[bins[p]];
    }
  }
}

}  // namespace airnn
