// SPDX-License-Identifier: Apache-2.0
#include "hw/control/assembly/line_assembler.h"

#include "hw/control/assembly/dense_assembler.h"
#include "hw/control/assembly/line_beats.h"

namespace airnn {

namespace {

void assemble_lines(const FetchBytes& fetch, std::size_t range, Assembly& assembly) {
  const Layer& layer = fetch.layer_of(range);
  const auto columns = static_cast<std::uint64_t>(layer.columns);
  const std::uint64_t words = static_cast<std::uint64_t>(layer.kernels) * columns;
  const std::uint64_t first = assembly.words.size();
  const std::uint64_t first_segment = assembly.segments.size();
  const std::vector<LineSegment> segments =
      known_segments(fetch, range, words, "line_dense", assembly);
  assembly.segments.insert(assembly.segments.end(), segments.begin(), segments.end());
  assembly.words.reserve(first + words);
  std::uint64_t at = 0;
  for (const LineSegment& segment : segments) {
    for (std::uint32_t place = 0; place < segment.length; ++place, ++at) {
      assembly.words.push_back(
          {line_weight(segment, place, fetch.widths()), static_cast<std::uint32_t>(at % columns),
           static_cast<std::uint32_t>(at / columns), fetch.layers_of_ranges()[range]});
    }
  }
  assembly.words.resize(first + words);
  const auto begin = static_cast<std::uint32_t>(fetch.first_burst(FetchStream::value, range));
  const std::uint64_t size = segment_bytes(fetch.widths());
  const std::uint64_t bytes = fetch.range(FetchStream::value, range).size;
  LineBeat before;
  for (const LineBeat& beat : line_beats(segments, fetch.widths(), 0)) {
    const std::uint64_t end = beat.end * size;
    BeatNeed need;
    need.first = first + before.words;
    need.count = static_cast<std::uint32_t>(beat.words - before.words);
    need.first_segment = first_segment + before.end;
    need.segments = static_cast<std::uint32_t>(beat.end - before.end);
    need.needed[0] = begin + bursts_of(end);
    need.released[0] =
        begin + (end == bytes ? bursts_of(end) : static_cast<std::uint32_t>(end / kBurstBytes));
    assembly.beats.push_back(need);
    before = beat;
  }
}

}  // namespace

void LineAssembler::assemble(const FetchBytes& fetch, Assembly& assembly) const {
  bool is_intact = true;
  for (std::size_t range = 0; range < fetch.ranges(FetchStream::value); ++range) {
    const std::size_t beats = assembly.beats.size();
    if (fetch.plan().streams[0][range].kind == SectionKind::dense_value) {
      DenseAssembler::assemble_range(fetch, range, assembly);
    } else {
      assemble_lines(fetch, range, assembly);
    }
    if (!is_intact) {
      assembly.beats.resize(beats);  // a beat before is damaged
    }
    is_intact = assembly.damages.empty();
  }
}

}  // namespace airnn
