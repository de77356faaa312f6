// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sw/format/byte_view.h"

namespace airnn {

/// Most centres of a codebook, as a bin's number is a byte, and most rows of a layer.
inline constexpr std::size_t kMaxBins = 256;
inline constexpr std::size_t kMaxMatchRows = 1024;

/// One row of the associative memory beside a layer's multipliers (docs/associative.md): the weight
/// is of this bin, and the activation equals `value` but for the lowest `free_bits` bits.
struct MatchRow {
  static constexpr std::uint8_t kNeverMatches = 0xFF;

  std::uint8_t bin = 0;
  std::uint8_t free_bits = kNeverMatches;
  std::int32_t value = 0;
  std::int64_t product = 0;

  /// A row that is not used: it fills up the memory.
  bool is_empty() const { return free_bits == kNeverMatches; }
  /// The least and the greatest activation that match; of a row that is not empty.
  std::int64_t lowest() const;
  std::int64_t highest() const;
  /// The activation in whose place the row's product stands: the middle of those that match.
  std::int64_t operand() const;

  friend bool operator==(const MatchRow& a, const MatchRow& b) {
    return a.bin == b.bin && a.free_bits == b.free_bits && a.value == b.value &&
           a.product == b.product;
  }
};

/// Bytes of a row beside weights of 2 or 4 bytes: whole words of 32 bits.
constexpr std::size_t match_row_bytes(int weight_bytes) {
  return weight_bytes == 2 ? 8 : 16;
}

/// Centres by the number of their bin, as weights of so many bytes.
std::vector<std::uint8_t> encode_codebook(const std::vector<std::int32_t>& centres,
                                          int weight_bytes);
/// Bytes behind the last whole centre are left out.
std::vector<std::int32_t> decode_codebook(ByteView bytes, int weight_bytes);

std::vector<std::uint8_t> encode_match_rows(const std::vector<MatchRow>& rows, int weight_bytes);
/// Bytes behind the last whole row are left out.
std::vector<MatchRow> decode_match_rows(ByteView bytes, int weight_bytes);

/// Throws ImageError with what is wrong: a codebook has 1 to 256 centres, which ascend.
void check_codebook(ByteView bytes, int weight_bytes);
/// The same of rows beside such a codebook: their number is a power of two; bins exist, fewer bits
/// are free than there are, no two rows match the same, products are those of centre and operand,
/// empty rows have nothing and are the last.
void check_match_rows(ByteView bytes, int weight_bytes, const std::vector<std::int32_t>& centres);

}  // namespace airnn
