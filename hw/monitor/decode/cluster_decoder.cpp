// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/decode/cluster_decoder.h"

#include "hw/monitor/decode/plain_release.h"

namespace airnn {

namespace {

constexpr std::uint16_t kClusters = 2;  ///< of a batch

}  // namespace

std::optional<FetchStream> ClusterDecoder::stream_of(SectionKind kind) const {
  switch (kind) {
    case SectionKind::value:
      return FetchStream::value;
    case SectionKind::column:
      return FetchStream::column;
    case SectionKind::row:
      return FetchStream::row;
    case SectionKind::layer:
      return FetchStream::layer;
    default:
      return std::nullopt;
  }
}

ClusterDecoder::Arrays ClusterDecoder::arrays_of(const MemoryImage& image, std::uint32_t iteration,
                                                 std::uint16_t cluster) {
  constexpr std::array<SectionKind, kStreams> kinds = {SectionKind::value, SectionKind::column,
                                                       SectionKind::row, SectionKind::layer};
  Arrays arrays;
  for (std::size_t s = 0; s < kStreams; ++s) {
    const Section* section =
        image.find(kinds[s], kAllLayers, static_cast<std::uint16_t>(iteration), cluster);
    arrays[s] = section == nullptr ? ByteView() : image.content(*section);
  }
  return arrays;
}

void ClusterDecoder::add_words(const MemoryImage& image, std::uint32_t iteration,
                               BatchWords& words) const {
  for (std::uint16_t cluster = 0; cluster < kClusters; ++cluster) {
    add_cluster(arrays_of(image, iteration, cluster), image.info().widths, words);
  }
}

void ClusterDecoder::add_cluster(const Arrays& arrays, const CrsWidths& widths, BatchWords& words) {
  const auto& [values, columns, rows, layers] = arrays;
  const auto entry_bytes = static_cast<std::size_t>(widths.index_bytes) + 4;
  // An entry of a layer array looks like one of a row array: a number, and where its first lies.
  const auto position = [&](const ByteView& array, std::uint64_t entry) {
    return load_little_endian(array.data + entry * entry_bytes + widths.index_bytes, 4);
  };
  const std::uint64_t all_words = values.size / static_cast<unsigned>(widths.value_bytes);
  const std::uint64_t row_entries = rows.size / entry_bytes;
  const std::uint64_t layer_entries = layers.size / entry_bytes;
  for (std::uint64_t i = 0; i < layer_entries; ++i) {
    const std::uint64_t first_row = position(layers, i);
    const std::uint64_t end_row = i + 1 < layer_entries ? position(layers, i + 1) : row_entries;
    StoredWords stored;
    stored.values = values.data;
    stored.columns = columns.data;
    stored.rows = rows.data + first_row * entry_bytes;
    stored.row_entries = end_row - first_row;
    stored.first = position(rows, first_row);
    stored.words = (end_row < row_entries ? position(rows, end_row) : all_words) - stored.first;
    const std::uint8_t* layer = layers.data + i * entry_bytes;
    words.add(static_cast<std::uint32_t>(load_little_endian(layer, widths.index_bytes)), stored);
  }
}

std::unique_ptr<StreamRelease> ClusterDecoder::release(const MemoryImage& image,
                                                       std::uint32_t iteration) const {
  auto release = std::make_unique<PlainRelease>(image.info().widths);
  for (std::uint16_t cluster = 0; cluster < kClusters; ++cluster) {
    release->add(arrays_of(image, iteration, cluster));
  }
  return release;
}

}  // namespace airnn
