// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "sw/format/crs.h"

namespace airnn {

/// Weights that follow each other, as a line: its start, its slope, and how many they are
/// (docs/line_coding.md). Start and slope are signed numbers of line_bits().
struct LineSegment {
  std::int32_t start = 0;
  std::int32_t slope = 0;  ///< in units of 4 * 2^-k starts per weight, k = ceil(log2 length)
  std::uint32_t length = 1;

  friend bool operator==(const LineSegment& a, const LineSegment& b) {
    return a.start == b.start && a.slope == b.slope && a.length == b.length;
  }
};

/// Weights of a segment, at most; of clusters.
inline constexpr std::size_t kLongestSegment = 256;
inline constexpr std::size_t kLongestClusterSegment = 16;

/// Bits of start and slope: those of a weight, but at most 16.
int line_bits(const CrsWidths& widths);
/// Of weights of 32 bits a line gives the upper half: by so many bits it is shifted to the left.
int line_shift(const CrsWidths& widths);
/// Bytes of a segment in memory: start, slope, and its length less one, a byte.
std::uint64_t segment_bytes(const CrsWidths& widths);

LineSegment load_segment(const std::uint8_t* from, const CrsWidths& widths);
/// Start and slope must have line_bits(), the length must be 1 to kLongestSegment.
void store_segment(const LineSegment& segment, const CrsWidths& widths, std::uint8_t* to);

/// The weight at a place of the segment, from 0: (start * 256 + place * slope * 2^(10-k) + 128)
/// >> 8, at the nearest bound where that leaves line_bits(), shifted by line_shift().
std::int32_t line_weight(const LineSegment& segment, std::uint32_t place, const CrsWidths& widths);

}  // namespace airnn
