// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/common/cycle.h"
#include "sw/format/encoding/line_segment.h"

namespace airnn {

/// How fast a decompressor is.
struct ExpansionRate {
  std::uint32_t lanes = 16;    ///< words per cycle
  std::uint32_t segments = 4;  ///< lines that they may belong to
};

/// Cycles to expand these lines, at least one: in each, words in their order until there are
/// `lanes` of them, or `segments` lines are touched. A line that goes on in the next cycle is
/// touched again.
Cycle expansion_cycles(const LineSegment* segments, std::uint32_t count, const ExpansionRate& rate);

/// The weights that these lines stand for, behind those that are there.
void append_expanded(const LineSegment* segments, std::uint32_t count, const CrsWidths& widths,
                     std::vector<std::int32_t>& weights);

}  // namespace airnn
