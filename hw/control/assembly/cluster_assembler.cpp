// SPDX-License-Identifier: Apache-2.0
#include "hw/control/assembly/cluster_assembler.h"

#include <algorithm>
#include <array>

#include "hw/control/assembly/line_beats.h"
#include "hw/control/assembly/value_beats.h"
#include "sw/format/encoding/array_info.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

constexpr auto kValue = static_cast<std::size_t>(FetchStream::value);
constexpr auto kColumn = static_cast<std::size_t>(FetchStream::column);
constexpr auto kRow = static_cast<std::size_t>(FetchStream::row);
constexpr auto kLayer = static_cast<std::size_t>(FetchStream::layer);

/// The entries of a position array in front of the first that is impossible.
template <typename Entry>
std::vector<Entry> intact_entries(ByteView bytes, int index_bytes, std::uint64_t limit) {
  std::vector<Entry> entries;
  const auto entry_bytes = static_cast<std::size_t>(index_bytes) + 4;
  for (std::size_t at = 0; at + entry_bytes <= bytes.size; at += entry_bytes) {
    const auto number =
        static_cast<std::uint32_t>(load_little_endian(bytes.data + at, index_bytes));
    const auto position =
        static_cast<std::uint32_t>(load_little_endian(bytes.data + at + index_bytes, 4));
    const bool follows = entries.empty() ? position == 0 : position > entries.back().position;
    if (!follows || position >= limit) {
      break;
    }
    entries.push_back({number, position});
  }
  return entries;
}

/// Entries of a position array that lie before `end`, counted on from `from`.
template <typename Entry>
std::uint64_t entries_before(const std::vector<Entry>& entries, std::uint64_t from,
                             std::uint64_t end) {
  while (from < entries.size() && entries[from].position < end) {
    ++from;
  }
  return from;
}

/// The four arrays of one cluster, by stream.
class ClusterPart {
 public:
  ClusterPart(const FetchBytes& fetch, std::size_t index, bool has_lines)
      : fetch_(fetch), index_(index), has_lines_(has_lines) {
    const std::array<SectionKind, kStreams> kinds = {
        has_lines ? SectionKind::line_value : SectionKind::value, SectionKind::column,
        SectionKind::row, SectionKind::layer};
    for (std::size_t s = 0; s < kStreams; ++s) {
      const auto stream = static_cast<FetchStream>(s);
      begin_[s] = static_cast<std::uint32_t>(fetch.first_burst(stream, index));
      bytes_[s] = fetch.range(stream, index);
      entry_bytes_[s] = array_of(kinds[s]).entry_bytes(fetch.widths());
    }
  }

  std::uint64_t words() const { return entries(has_lines_ ? kColumn : kValue); }

  void assemble(Assembly& assembly) const {
    std::vector<LineSegment> segments;
    std::vector<std::uint8_t> expanded;
    ByteView values = bytes_[kValue];
    if (has_lines_) {
      segments = known_segments(fetch_, index_, words(), "line_value", assembly);
      expanded = words_of(segments);
      values = {expanded.data(), expanded.size()};
    }
    CrsCluster cluster;
    try {
      cluster = decode_crs(values, bytes_[kColumn], bytes_[kRow], bytes_[kLayer], fetch_.widths());
    } catch (const ImageError& error) {
      cluster = intact_part(values, error.what(), assembly);
    }
    const std::uint64_t first_word = assembly.words.size();
    assembly.words.reserve(first_word + cluster.value.size());
    for (const CrsWeight& weight : cluster.weights()) {
      assembly.words.push_back({weight.value, weight.column, weight.row, weight.layer});
    }
    if (has_lines_) {
      const std::uint64_t first_segment = assembly.segments.size();
      assembly.segments.insert(assembly.segments.end(), segments.begin(), segments.end());
      add_line_beats(cluster, segments, first_word, first_segment, assembly);
    } else {
      add_beats(cluster, first_word, assembly);
    }
  }

 private:
  /// As plain values would lie in memory; zeros where the segments do not reach.
  std::vector<std::uint8_t> words_of(const std::vector<LineSegment>& segments) const {
    const CrsWidths& widths = fetch_.widths();
    const auto width = static_cast<std::size_t>(widths.value_bytes);
    std::vector<std::uint8_t> bytes(words() * width, 0);
    std::size_t at = 0;
    for (const LineSegment& segment : segments) {
      for (std::uint32_t place = 0; place < segment.length; ++place, at += width) {
        store_little_endian(&bytes[at],
                            static_cast<std::uint32_t>(line_weight(segment, place, widths)),
                            widths.value_bytes);
      }
    }
    return bytes;
  }

  std::uint64_t entries(std::size_t stream) const {
    return bytes_[stream].size / entry_bytes_[stream];
  }

  /// What can be told of a cluster whose known bytes are impossible, and where that begins.
  CrsCluster intact_part(ByteView values, const std::string& reason, Assembly& assembly) const {
    const CrsWidths& widths = fetch_.widths();
    CrsCluster cluster;
    cluster.row = intact_entries<RowEntry>(bytes_[kRow], widths.index_bytes, words());
    cluster.layer = intact_entries<LayerEntry>(bytes_[kLayer], widths.index_bytes, entries(kRow));
    note(kRow, cluster.row.size(), "row", assembly);
    note(kLayer, cluster.layer.size(), "layer", assembly);
    if (assembly.damages.empty()) {
      // The sizes of the arrays: no burst can mend them.
      assembly.damages.push_back({reason, FetchStream::value, 0});
      return {};
    }
    if (cluster.row.empty() || cluster.layer.empty()) {
      return {};
    }
    const auto width = static_cast<std::uint64_t>(widths.value_bytes);
    for (std::uint64_t i = 0; i < words(); ++i) {
      cluster.value.push_back(signed_word_at(values.data + i * width, widths.value_bytes));
      cluster.column.push_back(static_cast<std::uint32_t>(load_little_endian(
          bytes_[kColumn].data + i * entry_bytes_[kColumn], widths.index_bytes)));
    }
    return cluster;
  }

  void note(std::size_t s, std::size_t intact, const char* array, Assembly& assembly) const {
    const std::uint64_t end = (intact + 1) * entry_bytes_[s];
    if (end <= bytes_[s].size) {
      const std::uint64_t position = load_little_endian(bytes_[s].data + end - 4, 4);
      assembly.damages.push_back({std::string(array) + " array: entry " + std::to_string(intact) +
                                      " has the impossible position " + std::to_string(position),
                                  static_cast<FetchStream>(s), begin_[s] + bursts_of(end)});
    }
  }

  void add_beats(const CrsCluster& cluster, std::uint64_t first_word, Assembly& assembly) const {
    const std::uint64_t words = cluster.value.size();
    BeatEnds ends;
    for (std::uint64_t at = 0; at < words; at += fetch_.lanes()) {
      const std::uint64_t end = std::min<std::uint64_t>(at + fetch_.lanes(), words);
      BeatNeed beat;
      beat.first = first_word + at;
      beat.count = static_cast<std::uint32_t>(end - at);
      if (!add_beat(cluster, end, {end, end}, beat, ends, assembly)) {
        return;
      }
    }
  }

  void add_line_beats(const CrsCluster& cluster, const std::vector<LineSegment>& segments,
                      std::uint64_t first_word, std::uint64_t first_segment,
                      Assembly& assembly) const {
    BeatEnds ends;
    LineBeat before;
    for (const LineBeat& line : line_beats(segments, fetch_.widths(), fetch_.lanes())) {
      BeatNeed beat;
      beat.first = first_word + before.words;
      beat.count = static_cast<std::uint32_t>(line.words - before.words);
      beat.first_segment = first_segment + before.end;
      beat.segments = static_cast<std::uint32_t>(line.end - before.end);
      // Only the next segment tells that it does not fit any more, unless none would.
      const bool is_full = (beat.segments + 1) * entry_bytes_[kValue] > kBurstBytes ||
                           beat.count >= fetch_.lanes() || line.end == segments.size();
      const ValueEnd values = {line.end, is_full ? line.end : line.end + 1};
      if (cluster.value.empty() || !add_beat(cluster, line.words, values, beat, ends, assembly)) {
        return;
      }
      before = line;
    }
  }

  /// Row and layer entries that lie before the end of a beat.
  struct BeatEnds {
    std::uint64_t rows = 0;
    std::uint64_t layers = 0;
  };

  /// Entries of the value array that a beat uses up, and that it must see.
  struct ValueEnd {
    std::uint64_t used = 0;
    std::uint64_t seen = 0;
  };

  /// The beat ends behind so many words. False if the entry
  /// that would tell where its last row ends is damaged.
  bool add_beat(const CrsCluster& cluster, std::uint64_t end, const ValueEnd& values,
                BeatNeed& beat, BeatEnds& ends, Assembly& assembly) const {
    ends.rows = entries_before(cluster.row, ends.rows, end);
    ends.layers = entries_before(cluster.layer, ends.layers, ends.rows);
    if ((ends.rows == cluster.row.size() && ends.rows < entries(kRow)) ||
        (ends.layers == cluster.layer.size() && ends.layers < entries(kLayer))) {
      return false;
    }
    const std::array<std::uint64_t, kStreams> used = {values.used, end, ends.rows, ends.layers};
    const std::array<std::uint64_t, kStreams> seen = {
        values.seen, end, std::min<std::uint64_t>(ends.rows + 1, cluster.row.size()),
        std::min<std::uint64_t>(ends.layers + 1, cluster.layer.size())};
    for (std::size_t s = 0; s < kStreams; ++s) {
      beat.needed[s] = begin_[s] + bursts_of(seen[s] * entry_bytes_[s]);
      beat.released[s] =
          begin_[s] + (end == cluster.value.size()
                           ? bursts_of(bytes_[s].size)
                           : static_cast<std::uint32_t>(used[s] * entry_bytes_[s] / kBurstBytes));
    }
    assembly.beats.push_back(beat);
    return true;
  }

  const FetchBytes& fetch_;
  const std::size_t index_;
  const bool has_lines_;
  std::array<std::uint32_t, kStreams> begin_{};  ///< bursts of the streams before it
  std::array<ByteView, kStreams> bytes_;
  std::array<std::uint64_t, kStreams> entry_bytes_{};
};

}  // namespace

void ClusterAssembler::assemble(const FetchBytes& fetch, Assembly& assembly) const {
  std::uint64_t words = 0;
  for (std::size_t i = 0; i < fetch.ranges(FetchStream::value); ++i) {
    const ClusterPart part(fetch, i, has_lines_);
    words += part.words();
    if (assembly.damages.empty()) {
      part.assemble(assembly);
    }
  }
  assembly.words.resize(words);
}

}  // namespace airnn
