// SPDX-License-Identifier: Apache-2.0
#include "hw/control/assembly/line_beats.h"

#include <string>

namespace airnn {

std::vector<LineBeat> line_beats(const std::vector<LineSegment>& segments, const CrsWidths& widths,
                                 unsigned lanes) {
  const std::uint64_t most = kBurstBytes / segment_bytes(widths);
  std::vector<LineBeat> beats;
  LineBeat beat;
  std::uint64_t words = 0;  // of the beat
  std::uint64_t count = 0;
  for (const LineSegment& segment : segments) {
    if (count == most || (count > 0 && lanes > 0 && words + segment.length > lanes)) {
      beats.push_back(beat);
      words = count = 0;
    }
    beat.words += segment.length;
    ++beat.end;
    words += segment.length;
    ++count;
  }
  if (count > 0) {
    beats.push_back(beat);
  }
  return beats;
}

std::vector<LineSegment> known_segments(const FetchBytes& fetch, std::size_t range,
                                        std::uint64_t words, const char* array,
                                        Assembly& assembly) {
  const ByteView bytes = fetch.range(FetchStream::value, range);
  const std::uint64_t size = segment_bytes(fetch.widths());
  const auto begin = static_cast<std::uint32_t>(fetch.first_burst(FetchStream::value, range));
  const auto damage = [&](std::uint64_t certain, const char* what) {
    assembly.damages.push_back(
        {std::string(array) + " array: its segments have " + what + " weights than there are",
         FetchStream::value, begin + bursts_of(certain)});
  };
  std::vector<LineSegment> segments;
  std::uint64_t found = 0;
  for (std::uint64_t at = 0; at + size <= bytes.size; at += size) {
    const LineSegment segment = load_segment(bytes.data + at, fetch.widths());
    if (found + segment.length > words) {
      damage(at + size, "more");
      return segments;
    }
    found += segment.length;
    segments.push_back(segment);
  }
  if (found < words) {
    damage(bytes.size, "fewer");
  }
  return segments;
}

}  // namespace airnn
