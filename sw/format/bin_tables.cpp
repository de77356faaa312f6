// SPDX-License-Identifier: Apache-2.0
#include "sw/format/bin_tables.h"

#include <algorithm>
#include <string>

#include "sw/format/errors.h"

namespace airnn {

namespace {

std::int64_t signed_number(const std::uint8_t* from, int bytes) {
  const int unused = 64 - 8 * bytes;
  return static_cast<std::int64_t>(load_little_endian(from, bytes) << unused) >> unused;
}

/// A row: bin, free bits, then the value (behind two bytes of zero where it has four), then the
/// product, twice as long.
std::size_t value_offset(int weight_bytes) {
  return weight_bytes == 2 ? 2 : 4;
}

[[noreturn]] void refuse(std::size_t row, const std::string& why) {
  throw ImageError("row " + std::to_string(row) + ": " + why);
}

void check_row(const MatchRow& row, std::size_t number, int weight_bytes,
               const std::vector<std::int32_t>& centres) {
  if (row.bin >= centres.size()) {
    refuse(number, "there is no bin " + std::to_string(row.bin) + ", the codebook has " +
                       std::to_string(centres.size()));
  }
  if (row.free_bits >= 8 * weight_bytes) {
    refuse(number, std::to_string(row.free_bits) + " free bits, expected less than " +
                       std::to_string(8 * weight_bytes));
  }
  const std::int64_t due = std::int64_t{centres[row.bin]} * row.operand();
  if (row.product != due) {
    refuse(number, "its product is " + std::to_string(row.product) + ", expected " +
                       std::to_string(due) + ", centre " + std::to_string(centres[row.bin]) +
                       " times " + std::to_string(row.operand()));
  }
}

/// Two rows that one search would find.
void check_overlaps(const std::vector<MatchRow>& rows) {
  std::vector<std::size_t> order(rows.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = i;
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(rows[a].bin, rows[a].lowest()) < std::pair(rows[b].bin, rows[b].lowest());
  });
  for (std::size_t i = 1; i < order.size(); ++i) {
    const MatchRow& before = rows[order[i - 1]];
    const MatchRow& row = rows[order[i]];
    if (before.bin == row.bin && row.lowest() <= before.highest()) {
      refuse(std::max(order[i - 1], order[i]),
             "matches what row " + std::to_string(std::min(order[i - 1], order[i])) + " matches");
    }
  }
}

}  // namespace

std::int64_t MatchRow::lowest() const {
  const std::int64_t span = std::int64_t{1} << free_bits;
  return (std::int64_t{value} >> free_bits) * span;
}

std::int64_t MatchRow::highest() const {
  return lowest() + (std::int64_t{1} << free_bits) - 1;
}

std::int64_t MatchRow::operand() const {
  return lowest() + (free_bits == 0 ? 0 : std::int64_t{1} << (free_bits - 1));
}

std::vector<std::uint8_t> encode_codebook(const std::vector<std::int32_t>& centres,
                                          int weight_bytes) {
  const auto width = static_cast<std::size_t>(weight_bytes);
  std::vector<std::uint8_t> bytes(centres.size() * width);
  for (std::size_t i = 0; i < centres.size(); ++i) {
    store_little_endian(&bytes[i * width], static_cast<std::uint32_t>(centres[i]), weight_bytes);
  }
  return bytes;
}

std::vector<std::int32_t> decode_codebook(ByteView bytes, int weight_bytes) {
  const auto width = static_cast<std::size_t>(weight_bytes);
  std::vector<std::int32_t> centres(bytes.size / width);
  for (std::size_t i = 0; i < centres.size(); ++i) {
    centres[i] = static_cast<std::int32_t>(signed_number(bytes.data + i * width, weight_bytes));
  }
  return centres;
}

std::vector<std::uint8_t> encode_match_rows(const std::vector<MatchRow>& rows, int weight_bytes) {
  const std::size_t width = match_row_bytes(weight_bytes);
  std::vector<std::uint8_t> bytes(rows.size() * width, 0);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::uint8_t* to = &bytes[i * width];
    to[0] = rows[i].bin;
    to[1] = rows[i].free_bits;
    to += value_offset(weight_bytes);
    store_little_endian(to, static_cast<std::uint32_t>(rows[i].value), weight_bytes);
    store_little_endian(to + weight_bytes, static_cast<std::uint64_t>(rows[i].product),
                        2 * weight_bytes);
  }
  return bytes;
}

std::vector<MatchRow> decode_match_rows(ByteView bytes, int weight_bytes) {
  const std::size_t width = match_row_bytes(weight_bytes);
  std::vector<MatchRow> rows(bytes.size / width);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::uint8_t* from = bytes.data + i * width;
    const std::uint8_t* value = from + value_offset(weight_bytes);
    rows[i] = {from[0], from[1], static_cast<std::int32_t>(signed_number(value, weight_bytes)),
               signed_number(value + weight_bytes, 2 * weight_bytes)};
  }
  return rows;
}

void check_codebook(ByteView bytes, int weight_bytes) {
  const auto width = static_cast<std::size_t>(weight_bytes);
  const std::vector<std::int32_t> centres = decode_codebook(bytes, weight_bytes);
  if (bytes.size % width != 0 || centres.empty() || centres.size() > kMaxBins) {
    throw ImageError("has " + std::to_string(bytes.size) + " bytes, expected 1 to " +
                     std::to_string(kMaxBins) + " centres of " + std::to_string(weight_bytes));
  }
  for (std::size_t i = 1; i < centres.size(); ++i) {
    if (centres[i - 1] >= centres[i]) {
      throw ImageError("centre " + std::to_string(i) + ": centres do not ascend");
    }
  }
}

void check_match_rows(ByteView bytes, int weight_bytes, const std::vector<std::int32_t>& centres) {
  const std::size_t width = match_row_bytes(weight_bytes);
  std::vector<MatchRow> rows = decode_match_rows(bytes, weight_bytes);
  const std::size_t count = rows.size();
  if (bytes.size % width != 0 || count == 0 || count > kMaxMatchRows ||
      (count & (count - 1)) != 0) {
    throw ImageError("has " + std::to_string(bytes.size) + " bytes, expected a power of two of " +
                     "rows of " + std::to_string(width) + ", at most " +
                     std::to_string(kMaxMatchRows));
  }
  for (std::size_t i = 0; i < count; ++i) {
    // What a row says twice it says in the same way: unused bytes are zero.
    const std::vector<std::uint8_t> same = encode_match_rows({rows[i]}, weight_bytes);
    if (!std::equal(same.begin(), same.end(), bytes.data + i * width)) {
      refuse(i, "unused bytes that are not zero");
    }
    if (rows[i].is_empty()) {
      if (!(rows[i] == MatchRow())) {
        refuse(i, "is empty, but not all of it is zero");
      }
    } else if (i > 0 && rows[i - 1].is_empty()) {
      refuse(i, "stands behind one that is empty");
    } else {
      check_row(rows[i], i, weight_bytes, centres);
    }
  }
  rows.erase(
      std::remove_if(rows.begin(), rows.end(), [](const MatchRow& row) { return row.is_empty(); }),
      rows.end());
  check_overlaps(rows);
}

}  // namespace airnn
