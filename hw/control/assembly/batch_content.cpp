// SPDX-License-Identifier: Apache-2.0
#include "hw/control/assembly/batch_content.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "sw/format/errors.h"

namespace airnn {

namespace {

constexpr auto kValue = static_cast<std::size_t>(FetchStream::value);
constexpr auto kColumn = static_cast<std::size_t>(FetchStream::column);
constexpr auto kRow = static_cast<std::size_t>(FetchStream::row);
constexpr auto kLayer = static_cast<std::size_t>(FetchStream::layer);

std::uint32_t bursts_of(std::uint64_t bytes) {
  return static_cast<std::uint32_t>((bytes + kBurstBytes - 1) / kBurstBytes);
}

std::int32_t signed_value(const std::uint8_t* from, int bytes) {
  const int unused = 64 - 8 * bytes;
  const std::uint64_t bits = load_little_endian(from, bytes);
  return static_cast<std::int32_t>(static_cast<std::int64_t>(bits << unused) >> unused);
}

std::int32_t value_at(ByteView values, std::uint64_t index, int bytes) {
  return signed_value(values.data + index * static_cast<unsigned>(bytes), bytes);
}

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

}  // namespace

BatchContent::BatchContent(BatchKind kind, const FetchPlan& plan,
                           std::vector<std::uint32_t> layers_of_ranges, const CrsWidths& widths,
                           unsigned lanes, const Network& network)
    : kind_(kind),
      plan_(plan),
      layers_of_ranges_(std::move(layers_of_ranges)),
      widths_(widths),
      lanes_(lanes),
      network_(&network) {
  for (std::size_t s = 0; s < kStreams; ++s) {
    bursts_[s] = plan_.bursts(s);
    bytes_[s].assign(bursts_[s] * kBurstBytes, 0);
    delivered_[s].assign(bursts_[s], false);
  }
}

bool BatchContent::update(FetchStream stream, std::uint64_t burst, const std::uint8_t* bytes) {
  std::uint8_t* known = &bytes_[static_cast<std::size_t>(stream)][burst * kBurstBytes];
  if (std::memcmp(known, bytes, kBurstBytes) == 0) {
    return false;
  }
  std::memcpy(known, bytes, kBurstBytes);
  return true;
}

void BatchContent::begin_delivery() {
  for (std::vector<bool>& stream : delivered_) {
    std::fill(stream.begin(), stream.end(), false);
  }
}

std::string BatchContent::certain_damage() const {
  for (const Damage& damage : damages_) {
    const std::vector<bool>& delivered = delivered_[damage.stream];
    const auto end = delivered.begin() + static_cast<std::ptrdiff_t>(damage.bursts);
    if (std::find(delivered.begin(), end, false) == end) {
      return damage.text;
    }
  }
  return {};
}

std::uint64_t BatchContent::address(FetchStream stream, std::uint64_t burst) const {
  for (const FetchRange& range : plan_.streams[static_cast<std::size_t>(stream)]) {
    if (burst < range.bursts()) {
      return range.address + burst * kBurstBytes;
    }
    burst -= range.bursts();
  }
  throw std::out_of_range("a burst behind the end of the fetch");
}

ByteView BatchContent::bytes(FetchStream stream) const {
  const auto& bytes = bytes_[static_cast<std::size_t>(stream)];
  return {bytes.data(), bytes.size()};
}

ByteView BatchContent::range(FetchStream stream, std::size_t index) const {
  const auto s = static_cast<std::size_t>(stream);
  return bytes(stream).subview(range_begin(s, index) * kBurstBytes, plan_.streams[s][index].bytes);
}

std::uint64_t BatchContent::range_begin(std::size_t stream, std::size_t range) const {
  std::uint64_t bursts = 0;
  for (std::size_t i = 0; i < range; ++i) {
    bursts += plan_.streams[stream][i].bursts();
  }
  return bursts;
}

void BatchContent::decode() {
  words_.clear();
  beats_.clear();
  damages_.clear();
  switch (kind_) {
    case BatchKind::directory:
      decode_directory();
      break;
    case BatchKind::input_map:
      decode_input_map();
      break;
    case BatchKind::biases:
      decode_biases();
      break;
    case BatchKind::dense:
      decode_dense();
      break;
    case BatchKind::clusters:
      decode_clusters();
      break;
    case BatchKind::tables:
      decode_tables();
      break;
  }
  shared_words_ = std::make_shared<const std::vector<WeightWord>>(std::move(words_));
}

void BatchContent::decode_directory() {
  for (std::uint32_t burst = 1; burst <= bursts_[kValue]; ++burst) {
    BeatNeed beat;
    beat.needed[kValue] = beat.released[kValue] = burst;
    beats_.push_back(beat);
  }
}

void BatchContent::decode_input_map() {
  const std::uint64_t elements = plan_.streams[kValue].front().bytes / 4;
  constexpr std::uint64_t per_burst = kBurstBytes / 4;
  decode_directory();
  for (std::size_t i = 0; i < beats_.size(); ++i) {
    beats_[i].first = i * per_burst;
    beats_[i].count = static_cast<std::uint32_t>(std::min(per_burst, elements - i * per_burst));
  }
}

void BatchContent::add_value_beats(std::uint64_t first_word, std::uint64_t words,
                                   std::uint64_t word_bytes, std::uint64_t first_burst) {
  for (std::uint64_t at = 0; at < words; at += lanes_) {
    const std::uint64_t end = std::min<std::uint64_t>(at + lanes_, words);
    BeatNeed beat;
    beat.first = first_word + at;
    beat.count = static_cast<std::uint32_t>(end - at);
    beat.needed[kValue] = static_cast<std::uint32_t>(first_burst) + bursts_of(end * word_bytes);
    const bool last = end == words;
    beat.released[kValue] = static_cast<std::uint32_t>(first_burst) +
                            (last ? bursts_of(end * word_bytes)
                                  : static_cast<std::uint32_t>(end * word_bytes / kBurstBytes));
    beats_.push_back(beat);
  }
}

void BatchContent::decode_biases() {
  for (std::size_t range = 0; range < plan_.streams[kValue].size(); ++range) {
    const std::uint32_t layer = layers_of_ranges_[range];
    const auto columns = static_cast<std::uint32_t>(network_->layers[layer].columns);
    const std::uint64_t begin = range_begin(kValue, range);
    const std::uint8_t* from = &bytes_[kValue][begin * kBurstBytes];
    const std::uint64_t words = plan_.streams[kValue][range].bytes / 4;
    add_value_beats(words_.size(), words, 4, begin);
    for (std::uint64_t i = 0; i < words; ++i) {
      words_.push_back({signed_value(from + 4 * i, 4), columns + static_cast<std::uint32_t>(i % 2),
                        static_cast<std::uint32_t>(i / 2), layer});
    }
  }
}

void BatchContent::decode_dense() {
  const auto width = static_cast<std::uint64_t>(widths_.value_bytes);
  for (std::size_t range = 0; range < plan_.streams[kValue].size(); ++range) {
    const std::uint32_t layer = layers_of_ranges_[range];
    const auto columns = static_cast<std::uint64_t>(network_->layers[layer].columns);
    const std::uint64_t begin = range_begin(kValue, range);
    const std::uint8_t* from = &bytes_[kValue][begin * kBurstBytes];
    const std::uint64_t words = plan_.streams[kValue][range].bytes / width;
    add_value_beats(words_.size(), words, width, begin);
    words_.reserve(words_.size() + words);
    for (std::uint64_t i = 0; i < words; ++i) {
      words_.push_back({signed_value(from + i * width, widths_.value_bytes),
                        static_cast<std::uint32_t>(i % columns),
                        static_cast<std::uint32_t>(i / columns), layer});
    }
  }
}

void BatchContent::decode_clusters() {
  std::uint64_t words = 0;
  for (const FetchRange& range : plan_.streams[kValue]) {
    words += range.bytes / static_cast<unsigned>(widths_.value_bytes);
  }
  for (std::size_t i = 0; i < plan_.streams[kValue].size() && !damaged(); ++i) {
    decode_cluster(i);
  }
  words_.resize(words);
}

/// A beat is the entries of up to `lanes` kernels.
void BatchContent::decode_tables() {
  const auto width = static_cast<std::uint64_t>(widths_.index_bytes);
  const std::array<std::uint64_t, kStreams> entry_bytes = {0, width, width, 2};
  for (std::size_t i = 0; i < layers_of_ranges_.size(); ++i) {
    const std::uint64_t kernels = plan_.streams[kColumn][i].bytes / width;
    for (std::uint64_t at = 0; at < kernels; at += lanes_) {
      const std::uint64_t end = std::min<std::uint64_t>(at + lanes_, kernels);
      BeatNeed beat;
      beat.count = static_cast<std::uint32_t>(end - at);
      for (const std::size_t s : {kColumn, kRow, kLayer}) {
        const std::uint64_t used = end * entry_bytes[s];
        const auto begin = static_cast<std::uint32_t>(range_begin(s, i));
        beat.needed[s] = begin + bursts_of(used);
        beat.released[s] =
            begin +
            (end == kernels ? bursts_of(used) : static_cast<std::uint32_t>(used / kBurstBytes));
      }
      beats_.push_back(beat);
    }
  }
}

/// What can be told of a cluster whose known bytes are impossible, and where that begins.
CrsCluster BatchContent::intact_part(const std::array<ByteView, kStreams>& part,
                                     const std::array<std::uint64_t, kStreams>& begin,
                                     const std::string& reason) {
  const auto entry_bytes = static_cast<std::uint64_t>(widths_.row_entry_bytes());
  const std::uint64_t words = part[kValue].size / static_cast<unsigned>(widths_.value_bytes);
  CrsCluster cluster;
  cluster.row = intact_entries<RowEntry>(part[kRow], widths_.index_bytes, words);
  cluster.layer =
      intact_entries<LayerEntry>(part[kLayer], widths_.index_bytes, part[kRow].size / entry_bytes);
  const auto note = [&](std::size_t s, std::size_t intact, const char* array) {
    const std::uint64_t end = (intact + 1) * entry_bytes;
    if (end <= part[s].size) {
      const std::uint64_t position = load_little_endian(part[s].data + end - 4, 4);
      damages_.push_back({std::string(array) + " array: entry " + std::to_string(intact) +
                              " has the impossible position " + std::to_string(position),
                          s, begin[s] + bursts_of(end)});
    }
  };
  note(kRow, cluster.row.size(), "row");
  note(kLayer, cluster.layer.size(), "layer");
  if (damages_.empty()) {
    damages_.push_back({reason, kValue, 0});  // the sizes of the arrays: no burst can mend them
    return {};
  }
  if (cluster.row.empty() || cluster.layer.empty()) {
    return {};
  }
  for (std::uint64_t i = 0; i < words; ++i) {
    cluster.value.push_back(value_at(part[kValue], i, widths_.value_bytes));
    cluster.column.push_back(static_cast<std::uint32_t>(load_little_endian(
        part[kColumn].data + i * static_cast<unsigned>(widths_.index_bytes), widths_.index_bytes)));
  }
  return cluster;
}

void BatchContent::decode_cluster(std::size_t index) {
  std::array<std::uint64_t, kStreams> begin{};
  std::array<ByteView, kStreams> part;
  for (std::size_t s = 0; s < kStreams; ++s) {
    begin[s] = range_begin(s, index);
    part[s] = {bytes_[s].data() + begin[s] * kBurstBytes, plan_.streams[s][index].bytes};
  }
  CrsCluster cluster;
  try {
    cluster = decode_crs(part[kValue], part[kColumn], part[kRow], part[kLayer], widths_);
  } catch (const ImageError& error) {
    cluster = intact_part(part, begin, error.what());
  }
  const std::uint64_t first_word = words_.size();
  const std::uint64_t words = cluster.value.size();
  words_.reserve(first_word + words);
  for (const CrsWeight& weight : cluster.weights()) {
    words_.push_back({weight.value, weight.column, weight.row, weight.layer});
  }

  const auto entry_bytes = static_cast<std::uint64_t>(widths_.row_entry_bytes());
  const auto place = [&](std::size_t s, std::uint64_t bytes, bool last) {
    const std::uint64_t whole =
        last ? bursts_of(part[s].size) : static_cast<std::uint32_t>(bytes / kBurstBytes);
    return static_cast<std::uint32_t>(begin[s] + whole);
  };
  const std::uint64_t all_rows = part[kRow].size / entry_bytes;
  const std::uint64_t all_layers = part[kLayer].size / entry_bytes;
  std::uint64_t rows = 0;
  std::uint64_t layers = 0;
  for (std::uint64_t at = 0; at < words; at += lanes_) {
    const std::uint64_t end = std::min<std::uint64_t>(at + lanes_, words);
    const bool last = end == words;
    rows = entries_before(cluster.row, rows, end);
    layers = entries_before(cluster.layer, layers, rows);
    if ((rows == cluster.row.size() && rows < all_rows) ||
        (layers == cluster.layer.size() && layers < all_layers)) {
      return;  // the entry that would tell where the beat's last row ends is damaged
    }
    const std::uint64_t rows_seen = std::min<std::uint64_t>(rows + 1, cluster.row.size());
    const std::uint64_t layers_seen = std::min<std::uint64_t>(layers + 1, cluster.layer.size());
    const std::array<std::uint64_t, kStreams> used = {
        end * static_cast<unsigned>(widths_.value_bytes),
        end * static_cast<unsigned>(widths_.index_bytes), rows * entry_bytes, layers * entry_bytes};
    const std::array<std::uint64_t, kStreams> seen = {used[0], used[1], rows_seen * entry_bytes,
                                                      layers_seen * entry_bytes};
    BeatNeed beat;
    beat.first = first_word + at;
    beat.count = static_cast<std::uint32_t>(end - at);
    for (std::size_t s = 0; s < kStreams; ++s) {
      beat.needed[s] = static_cast<std::uint32_t>(begin[s]) + bursts_of(seen[s]);
      beat.released[s] = place(s, used[s], last);
    }
    beats_.push_back(beat);
  }
}

}  // namespace airnn
