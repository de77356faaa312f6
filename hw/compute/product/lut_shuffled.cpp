// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/product/lut_kernels.h"

#include <algorithm>
#include <iterator>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace airnn::lut {

std::vector<std::uint8_t> planes_of(const std::vector<std::uint16_t>& rows) {
  std::vector<std::uint8_t> planes;
  for (auto row = rows.begin(); row != rows.end(); row += kMagnitudes) {
    for (const int shift : {0, 8}) {
      std::transform(row, row + kMagnitudes, std::back_inserter(planes),
                     [&](std::uint16_t product) {
                       return static_cast<std::uint8_t>((product >> shift) & 0xFF);
                     });
    }
  }
  return planes;
}

#if defined(__x86_64__)

bool has_shuffled() {
  return __builtin_cpu_supports("avx2") != 0;
}

namespace {

#define AIRNN_AVX2 __attribute__((target("avx2")))

/// Sums of two bytes with signs are at most 510, so that so many fit into 16 bits.
constexpr std::ptrdiff_t kPairsPerSum = 64;

/// 32 positions as bytes. Byte 4 j + 2 o + h is position 16 h + 8 o + j.
struct Bytes {
  __m256i magnitudes;
  __m256i signs;  ///< 1 or -1
};

/// The low words of eight integers and eight others, taking turns.
AIRNN_AVX2 inline __m256i words_of(const std::int32_t* from) {
  const __m256i even = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
  const __m256i odd = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + 8));
  return _mm256_blend_epi16(even, _mm256_slli_epi32(odd, 16), 0xAA);
}

AIRNN_AVX2 inline Bytes bytes_of(const std::int32_t* from, std::int32_t weight) {
  const __m256i first = words_of(from);
  const __m256i last = words_of(from + 16);
  const __m256i low_bytes = _mm256_set1_epi16(0xFF);
  const __m256i magnitudes = _mm256_or_si256(_mm256_and_si256(_mm256_abs_epi16(first), low_bytes),
                                             _mm256_slli_epi16(_mm256_abs_epi16(last), 8));
  const __m256i high =
      _mm256_or_si256(_mm256_srli_epi16(first, 8), _mm256_andnot_si256(low_bytes, last));
  const __m256i one = _mm256_set1_epi8(1);
  const __m256i of_weight = _mm256_set1_epi8(low_word(weight) < 0 ? -1 : 1);
  return {magnitudes, _mm256_sign_epi8(of_weight, _mm256_or_si256(high, one))};
}

/// Entries 16 part .. 16 part + 15 of a table of bytes, by the low bits of `nibbles`.
AIRNN_AVX2 inline __m256i look_up(const std::uint8_t* table, int part, __m256i nibbles) {
  const __m128i entries =
      _mm_loadu_si128(reinterpret_cast<const __m128i*>(table + std::ptrdiff_t{16} * part));
  return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(entries), nibbles);
}

/// Where a byte lies among the parts of a table.
struct Place {
  __m256i nibbles;
  __m256i bit4;  ///< in the highest bit of each byte, as the others
  __m256i bit5;
  __m256i bit6;
  __m256i bit7;
};

/// Eight parts of a table, from one of them on.
AIRNN_AVX2 inline __m256i look_up_half(const std::uint8_t* table, int part, const Place& at) {
  __m256i quarters[2];
  for (int q = 0; q < 2; ++q) {
    const int from = part + 4 * q;
    quarters[q] =
        _mm256_blendv_epi8(_mm256_blendv_epi8(look_up(table, from, at.nibbles),
                                              look_up(table, from + 1, at.nibbles), at.bit4),
                           _mm256_blendv_epi8(look_up(table, from + 2, at.nibbles),
                                              look_up(table, from + 3, at.nibbles), at.bit4),
                           at.bit5);
  }
  return _mm256_blendv_epi8(quarters[0], quarters[1], at.bit6);
}

/// Low and high bytes of the products of 32 positions.
struct Planes {
  __m256i low;
  __m256i high;
};

AIRNN_AVX2 inline Planes look_up_all(const std::uint8_t* planes, __m256i magnitudes) {
  const Place at = {_mm256_and_si256(magnitudes, _mm256_set1_epi8(0x0F)),
                    _mm256_slli_epi16(magnitudes, 3), _mm256_slli_epi16(magnitudes, 2),
                    _mm256_slli_epi16(magnitudes, 1), magnitudes};
  const std::uint8_t* high = planes + kMagnitudes;
  Planes found = {look_up_half(planes, 0, at), look_up_half(high, 0, at)};
  if (_mm256_movemask_epi8(magnitudes) != 0) {  // rarely
    found.low = _mm256_blendv_epi8(found.low, look_up_half(planes, 8, at), at.bit7);
    found.high = _mm256_blendv_epi8(found.high, look_up_half(high, 8, at), at.bit7);
  }
  return found;
}

/// Sums of bytes in 16 bits: of the lower and the upper half of each lane.
struct WordSums {
  __m256i lower;
  __m256i upper;
};

/// Adds the bytes of two weights, each with its sign.
AIRNN_AVX2 inline void add(WordSums& sums, __m256i one, __m256i other, __m256i lower_signs,
                           __m256i upper_signs) {
  sums.lower = _mm256_add_epi16(
      sums.lower, _mm256_maddubs_epi16(_mm256_unpacklo_epi8(one, other), lower_signs));
  sums.upper = _mm256_add_epi16(
      sums.upper, _mm256_maddubs_epi16(_mm256_unpackhi_epi8(one, other), upper_signs));
}

/// What eight words of low bytes and eight of high bytes are together.
AIRNN_AVX2 inline void store(__m128i low, __m128i high, std::int32_t* to) {
  const __m256i whole = _mm256_add_epi32(_mm256_cvtepi16_epi32(low),
                                         _mm256_slli_epi32(_mm256_cvtepi16_epi32(high), 8));
  _mm256_store_si256(reinterpret_cast<__m256i*>(to), whole);
}

AIRNN_AVX2 inline void store(__m256i low, __m256i high, std::int32_t* to) {
  store(_mm256_castsi256_si128(low), _mm256_castsi256_si128(high), to);
  store(_mm256_extracti128_si256(low, 1), _mm256_extracti128_si256(high, 1), to + 8);
}

/// At most kPairsPerSum pairs of weights.
AIRNN_AVX2 void accumulate_pairs(const std::uint8_t* planes, const KernelWeight* begin,
                                 const KernelWeight* end, const std::int32_t* pixels,
                                 std::size_t stride, std::int64_t* sums) {
  const __m256i zero = _mm256_setzero_si256();
  WordSums low = {zero, zero};
  WordSums high = {zero, zero};
  for (const KernelWeight* weight = begin; weight < end; weight += 2) {
    const Bytes one = bytes_of(pixels + weight->column * stride, weight->value);
    const Planes of_one =
        look_up_all(planes + 2 * kMagnitudes * magnitude_of(weight->value), one.magnitudes);
    Bytes other = {zero, zero};
    Planes of_other = {zero, zero};
    if (weight + 1 < end) {
      other = bytes_of(pixels + weight[1].column * stride, weight[1].value);
      of_other =
          look_up_all(planes + 2 * kMagnitudes * magnitude_of(weight[1].value), other.magnitudes);
    }
    const __m256i lower_signs = _mm256_unpacklo_epi8(one.signs, other.signs);
    const __m256i upper_signs = _mm256_unpackhi_epi8(one.signs, other.signs);
    add(low, of_one.low, of_other.low, lower_signs, upper_signs);
    add(high, of_one.high, of_other.high, lower_signs, upper_signs);
  }
  // Bytes 0 .. 7 and 16 .. 23, then 8 .. 15 and 24 .. 31.
  alignas(32) std::int32_t of_tile[kTilePositions];
  store(low.lower, high.lower, of_tile);
  store(low.upper, high.upper, of_tile + 16);
  for (std::size_t i = 0; i < kTilePositions; ++i) {
    const std::size_t byte = (i % 8) + ((i / 8) % 2) * 16 + (i / 16) * 8;
    sums[16 * (byte % 2) + 8 * ((byte / 2) % 2) + byte / 4] += of_tile[i];
  }
}

#undef AIRNN_AVX2

}  // namespace

void accumulate_shuffled(const std::uint8_t* planes, const KernelWeight* begin,
                         const KernelWeight* end, const std::int32_t* pixels, std::size_t stride,
                         std::int64_t* sums) {
  static_assert(kTilePositions == 32, "a tile is a vector of 32 bytes");
  while (begin != end) {
    const KernelWeight* part = begin + std::min(end - begin, 2 * kPairsPerSum);
    accumulate_pairs(planes, begin, part, pixels, stride, sums);
    begin = part;
  }
}

#else

bool has_shuffled() {
  return false;
}

void accumulate_shuffled(const std::uint8_t* /*planes*/, const KernelWeight* /*begin*/,
                         const KernelWeight* /*end*/, const std::int32_t* /*pixels*/,
                         std::size_t /*stride*/, std::int64_t* /*sums*/) {}

#endif

}  // namespace airnn::lut
