// SPDX-License-Identifier: Apache-2.0
#include "hw/control/assembly/cluster_assembler.h"

#include <algorithm>
#include <array>

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
  ClusterPart(const FetchBytes& fetch, std::size_t index) : fetch_(fetch) {
    constexpr std::array<SectionKind, kStreams> kinds = {SectionKind::value, SectionKind::column,
                                                         SectionKind::row, SectionKind::layer};
    for (std::size_t s = 0; s < kStreams; ++s) {
      const auto stream = static_cast<FetchStream>(s);
      begin_[s] = static_cast<std::uint32_t>(fetch.first_burst(stream, index));
      bytes_[s] = fetch.range(stream, index);
      entry_bytes_[s] = array_of(kinds[s]).entry_bytes(fetch.widths());
    }
  }

  void assemble(Assembly& assembly) const {
    CrsCluster cluster;
    try {
      cluster = decode_crs(bytes_[kValue], bytes_[kColumn], bytes_[kRow], bytes_[kLayer],
                           fetch_.widths());
    } catch (const ImageError& error) {
      cluster = intact_part(error.what(), assembly);
    }
    const std::uint64_t first_word = assembly.words.size();
    assembly.words.reserve(first_word + cluster.value.size());
    for (const CrsWeight& weight : cluster.weights()) {
      assembly.words.push_back({weight.value, weight.column, weight.row, weight.layer});
    }
    add_beats(cluster, first_word, assembly);
  }

 private:
  std::uint64_t entries(std::size_t stream) const {
    return bytes_[stream].size / entry_bytes_[stream];
  }

  /// What can be told of a cluster whose known bytes are impossible, and where that begins.
  CrsCluster intact_part(const std::string& reason, Assembly& assembly) const {
    const CrsWidths& widths = fetch_.widths();
    CrsCluster cluster;
    cluster.row = intact_entries<RowEntry>(bytes_[kRow], widths.index_bytes, entries(kValue));
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
    for (std::uint64_t i = 0; i < entries(kValue); ++i) {
      cluster.value.push_back(
          signed_word_at(bytes_[kValue].data + i * entry_bytes_[kValue], widths.value_bytes));
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
    std::uint64_t rows = 0;
    std::uint64_t layers = 0;
    for (std::uint64_t at = 0; at < words; at += fetch_.lanes()) {
      const std::uint64_t end = std::min<std::uint64_t>(at + fetch_.lanes(), words);
      rows = entries_before(cluster.row, rows, end);
      layers = entries_before(cluster.layer, layers, rows);
      if ((rows == cluster.row.size() && rows < entries(kRow)) ||
          (layers == cluster.layer.size() && layers < entries(kLayer))) {
        return;  // the entry that would tell where the beat's last row ends is damaged
      }
      const std::array<std::uint64_t, kStreams> used = {end, end, rows, layers};
      const std::array<std::uint64_t, kStreams> seen = {
          end, end, std::min<std::uint64_t>(rows + 1, cluster.row.size()),
          std::min<std::uint64_t>(layers + 1, cluster.layer.size())};
      BeatNeed beat;
      beat.first = first_word + at;
      beat.count = static_cast<std::uint32_t>(end - at);
      for (std::size_t s = 0; s < kStreams; ++s) {
        beat.needed[s] = begin_[s] + bursts_of(seen[s] * entry_bytes_[s]);
        beat.released[s] =
            begin_[s] + (end == words
                             ? bursts_of(bytes_[s].size)
                             : static_cast<std::uint32_t>(used[s] * entry_bytes_[s] / kBurstBytes));
      }
      assembly.beats.push_back(beat);
    }
  }

  const FetchBytes& fetch_;
  std::array<std::uint32_t, kStreams> begin_{};  ///< bursts of the streams before it
  std::array<ByteView, kStreams> bytes_;
  std::array<std::uint64_t, kStreams> entry_bytes_{};
};

}  // namespace

void ClusterAssembler::assemble(const FetchBytes& fetch, Assembly& assembly) const {
  const ArrayInfo& values = array_of(SectionKind::value);
  std::uint64_t words = 0;
  for (std::size_t i = 0; i < fetch.ranges(FetchStream::value); ++i) {
    words += values.entries(fetch.range(FetchStream::value, i).size, fetch.widths());
  }
  for (std::size_t i = 0; i < fetch.ranges(FetchStream::value) && assembly.damages.empty(); ++i) {
    ClusterPart(fetch, i).assemble(assembly);
  }
  assembly.words.resize(words);
}

}  // namespace airnn
