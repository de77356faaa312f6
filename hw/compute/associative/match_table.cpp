// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/associative/match_table.h"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

namespace airnn {

namespace {

constexpr std::int64_t kLeast = std::numeric_limits<std::int32_t>::min();
constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();

}  // namespace

MatchTable::MatchTable(const std::vector<std::int32_t>& words, const Layer& layer,
                       std::vector<std::int32_t> centres)
    : centres_(std::move(centres)) {
  read_rows(words, layer.weight_format.bits == 32);
  divide_pixels();
  find_operands();
}

void MatchTable::read_rows(const std::vector<std::int32_t>& words, bool is_wide) {
  const std::size_t per_row = is_wide ? 4 : 2;
  for (std::size_t at = 0; at + per_row <= words.size(); at += per_row) {
    const auto head = static_cast<std::uint32_t>(words[at]);
    Row row;
    row.bin = static_cast<std::uint8_t>(head);
    row.free_bits = static_cast<std::uint8_t>(head >> 8);
    if (is_wide) {
      row.value = words[at + 1];
      const std::uint64_t high = static_cast<std::uint32_t>(words[at + 3]);
      row.product =
          static_cast<std::int64_t>(high << 32 | static_cast<std::uint32_t>(words[at + 2]));
    } else {
      row.value = static_cast<std::int16_t>(head >> 16);
      row.product = words[at + 1];
    }
    rows_.push_back(row);
  }
}

std::uint8_t MatchTable::bin_of(std::int32_t weight) const {
  constexpr std::uint8_t kNone = 0xFF;
  const auto found = std::find(centres_.begin(), centres_.end(), weight);
  return found == centres_.end() ? kNone : static_cast<std::uint8_t>(found - centres_.begin());
}

std::int32_t MatchTable::find(std::uint8_t bin, std::int32_t pixel) const {
  const auto found = std::find_if(rows_.begin(), rows_.end(),
                                  [&](const Row& row) { return row.matches(bin, pixel); });
  return found == rows_.end() ? kNoRow : static_cast<std::int32_t>(found - rows_.begin());
}

void MatchTable::divide_pixels() {
  std::set<std::int64_t> bounds{kLeast};
  for (const Row& row : rows_) {
    if (!row.is_empty()) {
      const std::int64_t span = std::int64_t{1} << row.free_bits;
      const std::int64_t lowest = (std::int64_t{row.value} >> row.free_bits) * span;
      bounds.insert(lowest);
      bounds.insert(lowest + span);
    }
  }
  bounds.erase(kMost + 1);
  for (const std::int64_t bound : bounds) {
    bounds_.push_back(static_cast<std::int32_t>(bound));
  }
  row_of_.assign(bounds_.size() * bins(), kNoRow);
  intervals_of_.resize(rows_.size());
  for (std::size_t r = rows_.size(); r-- > 0;) {  // the first of several is the last to write
    const Row& row = rows_[r];
    if (row.is_empty() || row.bin >= bins()) {
      continue;
    }
    for (std::size_t i = interval_of(static_cast<std::int32_t>(
             (std::int64_t{row.value} >> row.free_bits) * (std::int64_t{1} << row.free_bits)));
         i < bounds_.size() && row.matches(row.bin, bounds_[i]); ++i) {
      row_of_[i * bins() + row.bin] = static_cast<std::int32_t>(r);
    }
  }
  for (std::size_t i = 0; i < row_of_.size(); ++i) {
    if (row_of_[i] != kNoRow) {
      intervals_of_[static_cast<std::size_t>(row_of_[i])].push_back(i / bins());
    }
  }
  rows_of_.resize(bins());
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    if (!intervals_of_[r].empty()) {
      rows_of_[rows_[r].bin].push_back(static_cast<std::int32_t>(r));
    }
  }
}

void MatchTable::find_operands() {
  for (const Row& row : rows_) {
    std::int64_t operand = 0;
    if (!row.is_empty() && row.bin < bins()) {
      const std::int64_t centre = centres_[row.bin];
      // The least product has no counterpart: dividing it by -1 would overflow.
      const bool is_whole = centre != 0 &&
                            row.product != std::numeric_limits<std::int64_t>::min() &&
                            row.product % centre == 0;
      operand = is_whole ? row.product / centre : 0;
      has_operands_ =
          has_operands_ && operand >= kLeast && operand <= kMost && operand * centre == row.product;
    }
    operands_.push_back(operand >= kLeast && operand <= kMost ? static_cast<std::int32_t>(operand)
                                                              : 0);
  }
}

std::size_t MatchTable::interval_of(std::int32_t pixel) const {
  return static_cast<std::size_t>(std::upper_bound(bounds_.begin(), bounds_.end(), pixel) -
                                  bounds_.begin()) -
         1;
}

}  // namespace airnn
