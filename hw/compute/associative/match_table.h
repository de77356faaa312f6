// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sw/format/network.h"

namespace airnn {

/// The rows of the associative memory beside each multiplier of a layer, all of which hold the same
/// (docs/associative.md). A search finds at most one row; should a damaged memory have more, the
/// first of them drives the multiplexer.
class MatchTable {
 public:
  struct Row {
    std::uint8_t bin = 0;
    std::uint8_t free_bits = 0;
    std::int32_t value = 0;
    std::int64_t product = 0;

    /// More free bits than there are: the row matches nothing.
    bool is_empty() const { return free_bits > 31; }
    bool matches(std::uint8_t weight_bin, std::int32_t pixel) const {
      return !is_empty() && bin == weight_bin && pixel >> free_bits == value >> free_bits;
    }
  };
  static constexpr std::int32_t kNoRow = -1;

  /// `words`: as they came from memory, 4 for a row beside weights of 32 bits, 2 beside 16.
  /// `centres`: of the layer's bins.
  MatchTable(const std::vector<std::int32_t>& words, const Layer& layer,
             std::vector<std::int32_t> centres);

  const std::vector<Row>& rows() const { return rows_; }
  const std::vector<std::int32_t>& centres() const { return centres_; }
  std::size_t bins() const { return centres_.size(); }

  /// The bin with this centre; one that no row has if there is none.
  std::uint8_t bin_of(std::int32_t weight) const;
  /// What a search finds: a row, or kNoRow. By looking at all of them.
  std::int32_t find(std::uint8_t bin, std::int32_t pixel) const;

  // Pixels fall into intervals within which every search ends alike.
  std::size_t intervals() const { return bounds_.size(); }
  std::size_t interval_of(std::int32_t pixel) const;
  /// Of the interval's pixels.
  std::int32_t row_of(std::size_t interval, std::uint8_t bin) const {
    return row_of_[interval * bins() + bin];
  }
  /// Intervals that the row matches.
  const std::vector<std::size_t>& intervals_of(std::size_t row) const { return intervals_of_[row]; }
  /// The rows of a bin that match anything, ascending.
  const std::vector<std::int32_t>& rows_of(std::size_t bin) const { return rows_of_[bin]; }

  /// Whether each row has an operand, by which its centre is multiplied to give its product. All
  /// do, unless memory was damaged.
  bool has_operands() const { return has_operands_; }
  std::int32_t operand(std::int32_t row) const { return operands_[static_cast<std::size_t>(row)]; }

 private:
  void read_rows(const std::vector<std::int32_t>& words, bool is_wide);
  void divide_pixels();
  void find_operands();

  std::vector<std::int32_t> centres_;
  std::vector<Row> rows_;
  std::vector<std::int32_t> bounds_;  ///< the first pixel of each interval, ascending
  std::vector<std::int32_t> row_of_;  ///< [interval * bins + bin]
  std::vector<std::vector<std::size_t>> intervals_of_;
  std::vector<std::vector<std::int32_t>> rows_of_;
  std::vector<std::int32_t> operands_;
  bool has_operands_ = true;
};

}  // namespace airnn
