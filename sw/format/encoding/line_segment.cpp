// SPDX-License-Identifier: Apache-2.0
#include "sw/format/encoding/line_segment.h"

#include <algorithm>

#include "sw/format/byte_view.h"

namespace airnn {

namespace {

std::int32_t line_number(const std::uint8_t* from, int bytes) {
  const int unused = 64 - 8 * bytes;
  const std::uint64_t bits = load_little_endian(from, bytes);
  return static_cast<std::int32_t>(static_cast<std::int64_t>(bits << unused) >> unused);
}

int ceil_log2_of(std::uint32_t length) {
  int bits = 0;
  while ((std::uint32_t{1} << bits) < length) {
    ++bits;
  }
  return bits;
}

}  // namespace

int line_bits(const CrsWidths& widths) {
  return std::min(8 * widths.value_bytes, 16);
}

int line_shift(const CrsWidths& widths) {
  return 8 * widths.value_bytes - line_bits(widths);
}

std::uint64_t segment_bytes(const CrsWidths& widths) {
  return static_cast<std::uint64_t>(line_bits(widths) / 4 + 1);
}

LineSegment load_segment(const std::uint8_t* from, const CrsWidths& widths) {
  const int bytes = line_bits(widths) / 8;
  return {line_number(from, bytes), line_number(from + bytes, bytes),
          std::uint32_t{from[2 * bytes]} + 1};
}

void store_segment(const LineSegment& segment, const CrsWidths& widths, std::uint8_t* to) {
  const int bytes = line_bits(widths) / 8;
  store_little_endian(to, static_cast<std::uint32_t>(segment.start), bytes);
  store_little_endian(to + bytes, static_cast<std::uint32_t>(segment.slope), bytes);
  to[2 * bytes] = static_cast<std::uint8_t>(segment.length - 1);
}

std::int32_t line_weight(const LineSegment& segment, std::uint32_t place, const CrsWidths& widths) {
  const std::int32_t unit = std::int32_t{1} << (10 - ceil_log2_of(segment.length));
  const std::int32_t sum =
      segment.start * 256 + static_cast<std::int32_t>(place) * segment.slope * unit + 128;
  const std::int32_t most = (std::int32_t{1} << (line_bits(widths) - 1)) - 1;
  const std::int32_t word = std::clamp(sum >> 8, -most - 1, most);
  return word * (std::int32_t{1} << line_shift(widths));
}

}  // namespace airnn
