// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/decode/batch_words.h"

#include <algorithm>

namespace airnn {

namespace {

/// Faster than with a width that is not known.
std::uint64_t load(const std::uint8_t* from, int bytes) {
  switch (bytes) {
    case 1:
      return *from;
    case 2:
      return load_little_endian(from, 2);
    default:
      return load_little_endian(from, 4);
  }
}

std::int32_t signed_word(const std::uint8_t* from, int bytes) {
  const int shift = 32 - 8 * bytes;
  const auto raw = static_cast<std::uint32_t>(load(from, bytes)) << shift;
  return static_cast<std::int32_t>(raw) >> shift;
}

}  // namespace

BatchWords::BatchWords(const MemoryImage& image, std::uint32_t iteration)
    : image_(image),
      is_bias_(iteration == 0),
      value_bytes_(is_bias_ ? 4 : image.info().widths.value_bytes),
      index_bytes_(image.info().widths.index_bytes) {
  for (const Layer& layer : image.network().layers) {
    const auto columns = static_cast<std::uint32_t>(layer.columns);
    layers_.push_back({{}, 0, columns + 2, columns});
  }
  const bool is_dense = image.info().scheme == Scheme::base && iteration == 1;
  for (const Section& section : image.sections()) {
    if ((is_bias_ && section.kind == SectionKind::bias) ||
        (is_dense && section.kind == SectionKind::dense_value)) {
      add_array(section, value_bytes_);
    }
  }
  if (!is_bias_ && image.info().scheme != Scheme::base) {
    add_cluster(iteration, 0);
    add_cluster(iteration, 1);
  }
}

void BatchWords::add_array(const Section& section, int value_bytes) {
  Part part;
  part.values = image_.content(section).data;
  part.words = section.bytes / static_cast<unsigned>(value_bytes);
  add(section.layer, part);
}

void BatchWords::add_cluster(std::uint32_t iteration, std::uint16_t cluster) {
  const auto array = [&](SectionKind kind) {
    const Section* section =
        image_.find(kind, kAllLayers, static_cast<std::uint16_t>(iteration), cluster);
    return section == nullptr ? ByteView() : image_.content(*section);
  };
  const ByteView values = array(SectionKind::value);
  const ByteView columns = array(SectionKind::column);
  const ByteView rows = array(SectionKind::row);
  const ByteView layers = array(SectionKind::layer);
  const auto entry_bytes = static_cast<std::size_t>(index_bytes_) + 4;
  const std::uint64_t words = values.size / static_cast<unsigned>(value_bytes_);
  const std::uint64_t row_entries = rows.size / entry_bytes;
  const std::uint64_t layer_entries = layers.size / entry_bytes;
  for (std::uint64_t i = 0; i < layer_entries; ++i) {
    const std::uint8_t* entry = layers.data + i * entry_bytes;
    const std::uint64_t first_row = load_little_endian(entry + index_bytes_, 4);
    const std::uint64_t end_row =
        i + 1 < layer_entries ? row_position(layers.data, i + 1) : row_entries;
    Part part;
    part.values = values.data;
    part.columns = columns.data;
    part.rows = rows.data + first_row * entry_bytes;
    part.row_entries = end_row - first_row;
    part.first = row_position(rows.data, first_row);
    part.words = (end_row < row_entries ? row_position(rows.data, end_row) : words) - part.first;
    add(static_cast<std::uint32_t>(load_little_endian(entry, index_bytes_)), part);
  }
}

void BatchWords::add(std::uint32_t layer, const Part& part) {
  layers_[layer].parts.push_back(part);
  layers_[layer].words += part.words;
}

/// Position in the entry of a row array, or of a layer array, which looks the same.
std::uint64_t BatchWords::row_position(const std::uint8_t* rows, std::uint64_t entry) const {
  const auto entry_bytes = static_cast<std::size_t>(index_bytes_) + 4;
  return load_little_endian(rows + entry * entry_bytes + index_bytes_, 4);
}

/// The row that the cursor's word begins.
void BatchWords::begin_row(const LayerWords& words, const Part& part, Cursor& cursor) const {
  cursor.row_begin = cursor.word;
  std::uint64_t row = 0;
  if (part.columns != nullptr) {
    const auto entry_bytes = static_cast<std::size_t>(index_bytes_) + 4;
    while (cursor.row_end <= cursor.word) {  // an entry may have no words
      row = load_little_endian(part.rows + cursor.row * entry_bytes, index_bytes_);
      ++cursor.row;
      cursor.row_end = cursor.row < part.row_entries
                           ? row_position(part.rows, cursor.row) - part.first
                           : part.words;
    }
  } else {
    const std::uint64_t length = is_bias_ ? 2 : words.columns;
    row = cursor.word / length;
    cursor.row_end = cursor.word + length;
  }
  cursor.slot = static_cast<std::uint32_t>(row) * words.pitch;
}

PlacedWord BatchWords::next(std::uint32_t layer, Cursor& cursor) const {
  const LayerWords& words = layers_[layer];
  while (cursor.word == words.parts[cursor.part].words) {
    const std::size_t part = cursor.part + 1;
    cursor = Cursor();
    cursor.part = part;
  }
  const Part& part = words.parts[cursor.part];
  if (cursor.word == cursor.row_end) {
    begin_row(words, part, cursor);
  }
  const std::uint64_t position = part.first + cursor.word;
  const auto width = static_cast<unsigned>(value_bytes_);
  std::uint64_t column = cursor.word - cursor.row_begin + (is_bias_ ? words.columns : 0);
  if (part.columns != nullptr) {
    column = load(part.columns + position * static_cast<unsigned>(index_bytes_), index_bytes_);
  }
  ++cursor.word;
  return {cursor.slot + static_cast<std::uint32_t>(column),
          signed_word(part.values + position * width, value_bytes_)};
}

}  // namespace airnn
