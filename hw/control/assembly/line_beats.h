// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/control/assembly/assembler.h"
#include "sw/format/encoding/line_segment.h"

namespace airnn {

/// Segments that leave together: as many whole ones as 64 bytes hold.
struct LineBeat {
  std::uint64_t words = 0;  ///< that have left with it
  std::uint64_t end = 0;    ///< segments likewise
};

/// The beats of all segments, each of at most `lanes` words where there are lanes (0: dense words
/// are counted on by their receiver), but of one segment at least.
std::vector<LineBeat> line_beats(const std::vector<LineSegment>& segments, const CrsWidths& widths,
                                 unsigned lanes);

/// Segments of a range of the value stream as far as they are known; the bytes of a burst that has
/// not come are segments of one zero. What is behind `words` is left out, and told as damage.
std::vector<LineSegment> known_segments(const FetchBytes& fetch, std::size_t range,
                                        std::uint64_t words, const char* array, Assembly& assembly);

}  // namespace airnn
