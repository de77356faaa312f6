// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/product/exact_product.h"

#include <utility>

#include "hw/compute/product/product_loops.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace airnn {

namespace {

constexpr auto kMultiply = [](std::int32_t weight, std::int32_t pixel) {
  return std::int64_t{weight} * pixel;
};

#if defined(__x86_64__)

bool has_wide_instructions() {
  return __builtin_cpu_supports("avx2") != 0;
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

#else

bool has_wide_instructions() {
  return false;
}

#endif

}  // namespace

ExactProduct::ExactProduct(Instructions instructions, PriceClass price_class)
    : is_wide_(instructions == Instructions::fastest && has_wide_instructions()),
      price_class_(std::move(price_class)) {}

void ExactProduct::accumulate(const KernelWeight* begin, const KernelWeight* end,
                              const std::int32_t* pixels, std::size_t stride,
                              std::int64_t* sums) const {
#if defined(__x86_64__)
  if (is_wide_) {
    accumulate_avx2(begin, end, pixels, stride, sums);
    return;
  }
#endif
  accumulate_tile(begin, end, pixels, stride, sums, kMultiply);
}

std::int64_t ExactProduct::dot(const KernelWeight* begin, const KernelWeight* end,
                               const std::int32_t* pixels) const {
  return add_row(begin, end, pixels, kMultiply);
}

}  // namespace airnn
