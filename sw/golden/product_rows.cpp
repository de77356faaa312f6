// SPDX-License-Identifier: Apache-2.0
#include "sw/golden/product_rows.h"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace airnn::golden {

namespace {

constexpr std::size_t kOperands = 256;

#if defined(__x86_64__)

bool gathers() {
  static const bool has = __builtin_cpu_supports("avx2") != 0;
  return has;
}

/// part[j] += row[panel[j]] of kTileStep neighbours.
__attribute__((target("avx2"))) void add_row(const std::int32_t* row, const std::int32_t* panel,
                                             std::size_t width, std::int32_t* part) {
  for (std::size_t j = 0; j < width; j += kTileStep) {
    const __m256i x = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(panel + j));
    auto* to = reinterpret_cast<__m256i*>(part + j);
    _mm256_storeu_si256(
        to, _mm256_add_epi32(_mm256_loadu_si256(to), _mm256_i32gather_epi32(row, x, 4)));
  }
}

#else

bool gathers() {
  return false;
}

void add_row(const std::int32_t*, const std::int32_t*, std::size_t, std::int32_t*) {}

#endif

void add_row_portable(const std::int32_t* row, const std::int32_t* panel, std::size_t width,
                      std::int32_t* part) {
  for (std::size_t j = 0; j < width; ++j) {
    part[j] += row[panel[j]];
  }
}

}  // namespace

ProductRows::ProductRows(const std::vector<std::uint16_t>& table) : products_(kWeights * kInputs) {
  if (table.size() != kOperands * kOperands) {
    throw std::invalid_argument("a table of products has 65536 entries");
  }
  for (std::size_t w = 0; w < kWeights; ++w) {
    const std::int32_t weight = static_cast<std::int32_t>(w) + kLeast;
    for (std::size_t i = 0; i < kInputs; ++i) {
      const std::int32_t x = static_cast<std::int32_t>(i) + kLeast;
      const std::int32_t of_magnitudes = table[static_cast<std::size_t>(std::abs(x)) * kOperands +
                                               static_cast<std::size_t>(std::abs(weight))];
      const std::int32_t sign_x = x < 0 ? -1 : 1;  // sign(0) = +
      const std::int32_t sign_w = weight < 0 ? -1 : 1;
      products_[w * kInputs + i] = sign_x * sign_w * of_magnitudes;
    }
  }
}

void ProductRows::multiply_tile(const Term* terms, std::size_t count, const std::int32_t* panel,
                                std::size_t width, std::int64_t* sums) const {
  // So many products of 16 bits and a sign certainly fit into 32 bits.
  constexpr std::size_t kTermsPerPart = 32767;
  std::fill_n(sums, width, 0);
  for (std::size_t first = 0; first < count; first += kTermsPerPart) {
    std::int32_t part[kTileWidth] = {};
    for (std::size_t i = first; i < std::min(count, first + kTermsPerPart); ++i) {
      const std::int32_t* from = panel + static_cast<std::size_t>(terms[i].row) * width;
      (gathers() ? add_row : add_row_portable)(row(terms[i].value), from, width, part);
    }
    for (std::size_t j = 0; j < width; ++j) {
      sums[j] += part[j];
    }
  }
}

}  // namespace airnn::golden
