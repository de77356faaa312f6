// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/decompressor/line_expander.h"

#include <algorithm>

namespace airnn {

Cycle expansion_cycles(const LineSegment* segments, std::uint32_t count,
                       const ExpansionRate& rate) {
  Cycle cycles = 1;
  std::uint32_t words = 0;    // of the present cycle
  std::uint32_t touched = 0;  // lines of it
  for (std::uint32_t i = 0; i < count; ++i) {
    std::uint32_t left = segments[i].length;
    while (left > 0) {
      if (words == rate.lanes || touched == rate.segments) {
        ++cycles;
        words = touched = 0;
      }
      const std::uint32_t taken = std::min(left, rate.lanes - words);
      words += taken;
      left -= taken;
      ++touched;
    }
  }
  return cycles;
}

void append_expanded(const LineSegment* segments, std::uint32_t count, const CrsWidths& widths,
                     std::vector<std::int32_t>& weights) {
  for (std::uint32_t i = 0; i < count; ++i) {
    for (std::uint32_t place = 0; place < segments[i].length; ++place) {
      weights.push_back(line_weight(segments[i], place, widths));
    }
  }
}

}  // namespace airnn
