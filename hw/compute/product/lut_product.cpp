// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/product/lut_product.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "hw/compute/product/product_loops.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace airnn {

namespace {

constexpr std::size_t kMagnitudes = 256;

/// So many products of 16 bits certainly fit into a sum of 32 bits.
constexpr std::ptrdiff_t kWeightsPerSum = 32767;

/// Of an operand that a fault has damaged the multiplier sees low bits: 16 for its sign, 8 of the
/// magnitude that they give. So nothing is read beyond the table, and all forms agree.
constexpr std::int32_t kMagnitudeBits = 0xFF;

constexpr std::int32_t low_word(std::int32_t operand) {
  return static_cast<std::int16_t>(operand);
}

/// The row of a weight.
const std::uint16_t* row_of(const std::uint16_t* rows, std::int32_t weight) {
  const std::int32_t word = low_word(weight);
  const std::int32_t magnitude = (word < 0 ? -word : word) & kMagnitudeBits;
  return rows + static_cast<std::size_t>(magnitude) * kMagnitudes;
}

/// The product of the magnitudes, with the sign of both; sign(0) is +.
class SignedProduct {
 public:
  explicit SignedProduct(const std::uint16_t* rows) : rows_(rows) {}

  std::int32_t operator()(std::int32_t weight, std::int32_t pixel) const {
    const std::int32_t word = low_word(pixel);
    const std::int32_t of_pixel = word >> 31;  // 0 or -1
    const std::int32_t sign = (low_word(weight) >> 31) ^ of_pixel;
    const auto a = static_cast<std::size_t>(((word ^ of_pixel) - of_pixel) & kMagnitudeBits);
    return (std::int32_t{row_of(rows_, weight)[a]} ^ sign) - sign;
  }

 private:
  const std::uint16_t* rows_;
};

#if defined(__x86_64__)

bool has_wide_lookups() {
  return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0;
}

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
    const std::uint16_t* row = row_of(rows, weight->value);
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

/// Eight positions at a time are gathered, each with the entry behind it, which is masked out.
__attribute__((target("avx2"))) void accumulate_gathered(const std::uint16_t* rows,
                                                         const KernelWeight* begin,
                                                         const KernelWeight* end,
                                                         const std::int32_t* pixels,
                                                         std::size_t stride, std::int64_t* sums) {
  constexpr std::size_t vectors = kTilePositions / 8;
  const __m256i low_half = _mm256_set1_epi32(0xFFFF);
  const __m256i magnitude_bits = _mm256_set1_epi32(kMagnitudeBits);
  __m256i parts[vectors];
  for (__m256i& part : parts) {
    part = _mm256_setzero_si256();
  }
  for (const KernelWeight* weight = begin; weight != end; ++weight) {
    const std::int32_t of_weight = low_word(weight->value) >> 31;
    const std::uint16_t* row = row_of(rows, weight->value);
    const __m256i weight_sign = _mm256_set1_epi32(of_weight);
    const std::int32_t* from = pixels + weight->column * stride;
    for (std::size_t v = 0; v < vectors; ++v) {
      const __m256i loaded = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + 8 * v));
      const __m256i x = _mm256_srai_epi32(_mm256_slli_epi32(loaded, 16), 16);
      const __m256i magnitudes = _mm256_and_si256(_mm256_abs_epi32(x), magnitude_bits);
      const __m256i products = _mm256_and_si256(
          _mm256_i32gather_epi32(reinterpret_cast<const int*>(row), magnitudes, 2), low_half);
      const __m256i sign = _mm256_xor_si256(_mm256_srai_epi32(x, 31), weight_sign);
      parts[v] =
          _mm256_add_epi32(parts[v], _mm256_sub_epi32(_mm256_xor_si256(products, sign), sign));
    }
  }
  for (std::size_t v = 0; v < vectors; ++v) {
    alignas(32) std::int32_t of_part[8];
    _mm256_store_si256(reinterpret_cast<__m256i*>(of_part), parts[v]);
    for (std::size_t i = 0; i < 8; ++i) {
      sums[8 * v + i] += of_part[i];
    }
  }
}

/// Those of the wanted ones that the processor has.
LutProduct::Instructions available(LutProduct::Instructions wanted) {
  using Instructions = LutProduct::Instructions;
  if (wanted == Instructions::fastest && !has_wide_lookups()) {
    wanted = Instructions::gather;
  }
  return wanted == Instructions::gather && __builtin_cpu_supports("avx2") == 0
             ? Instructions::portable
             : wanted;
}

#else

LutProduct::Instructions available(LutProduct::Instructions /*wanted*/) {
  return LutProduct::Instructions::portable;
}

#endif

}  // namespace

LutProduct::LutProduct(const std::vector<std::uint16_t>& table, PriceClass price_class,
                       Instructions instructions)
    : rows_(table.size() + 1),
      price_class_(std::move(price_class)),
      instructions_(available(instructions)) {
  if (table.size() != kMagnitudes * kMagnitudes) {
    throw std::invalid_argument("a table of " + std::to_string(table.size()) +
                                " products; expected 65536");
  }
  for (std::size_t a = 0; a < kMagnitudes; ++a) {
    for (std::size_t b = 0; b < kMagnitudes; ++b) {
      rows_[b * kMagnitudes + a] = table[a * kMagnitudes + b];
    }
  }
}

std::int64_t LutProduct::product(std::int32_t weight, std::int32_t pixel) const {
  return SignedProduct(rows_.data())(weight, pixel);
}

void LutProduct::accumulate(const KernelWeight* begin, const KernelWeight* end,
                            const std::int32_t* pixels, std::size_t stride,
                            std::int64_t* sums) const {
#if defined(__x86_64__)
  if (instructions_ != Instructions::portable) {
    const auto accumulate =
        instructions_ == Instructions::fastest ? accumulate_wide : accumulate_gathered;
    while (begin != end) {
      const KernelWeight* part = begin + std::min(end - begin, kWeightsPerSum);
      accumulate(rows_.data(), begin, part, pixels, stride, sums);
      begin = part;
    }
    return;
  }
#endif
  accumulate_tile(begin, end, pixels, stride, sums, SignedProduct(rows_.data()));
}

std::int64_t LutProduct::dot(const KernelWeight* begin, const KernelWeight* end,
                             const std::int32_t* pixels) const {
  return add_row(begin, end, pixels, SignedProduct(rows_.data()));
}

}  // namespace airnn
