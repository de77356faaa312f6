// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/decode/batch_words.h"

#include <utility>

#include "hw/monitor/decode/weight_decoder.h"

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

BatchWords::BatchWords(const MemoryImage& image, std::uint32_t iteration,
                       const WeightDecoder& decoder)
    : is_bias_(iteration == 0),
      value_bytes_(is_bias_ ? 4 : image.info().widths.value_bytes),
      index_bytes_(image.info().widths.index_bytes) {
  for (const Layer& layer : image.network().layers) {
    const auto columns = static_cast<std::uint32_t>(layer.columns);
    layers_.push_back({{}, 0, columns + 2, columns});
  }
  if (!is_bias_) {
    decoder.add_words(image, iteration, *this);
    return;
  }
  for (const Section& section : image.sections()) {
    if (section.kind == SectionKind::bias) {
      StoredWords stored;
      stored.values = image.content(section).data;
      stored.words = section.bytes / static_cast<unsigned>(value_bytes_);
      add(section.layer, stored);
    } else if (section.kind == SectionKind::codebook || section.kind == SectionKind::match_row) {
      add_table(image, section);
    }
  }
}

/// The tables of a layer's bins lie behind its last kernel: centres, then words of 32 bits.
void BatchWords::add_table(const MemoryImage& image, const Section& section) {
  const Layer& layer = image.network().layers[section.layer];
  const int width = section.kind == SectionKind::codebook ? layer.weight_format.bits / 8 : 4;
  std::uint32_t slot = static_cast<std::uint32_t>(layer.kernels) * pitch(section.layer);
  if (section.kind == SectionKind::match_row) {
    slot += static_cast<std::uint32_t>(image.codebook(section.layer).size());
  }
  const ByteView bytes = image.content(section);
  std::vector<PlacedWord> words;
  for (std::uint64_t at = 0; at < bytes.size; at += static_cast<std::uint64_t>(width)) {
    words.push_back({slot++, signed_word(bytes.data + at, width)});
  }
  add(section.layer, std::move(words));
}

void BatchWords::add(std::uint32_t layer, const StoredWords& stored) {
  add_part(layer, {stored, nullptr, stored.words});
}

void BatchWords::add(std::uint32_t layer, std::vector<PlacedWord> decoded) {
  decoded_.push_back(std::move(decoded));
  add_part(layer, {{}, decoded_.back().data(), decoded_.back().size()});
}

void BatchWords::add_part(std::uint32_t layer, const Part& part) {
  layers_[layer].parts.push_back(part);
  layers_[layer].words += part.words;
}

std::uint64_t BatchWords::row_position(const std::uint8_t* rows, std::uint64_t entry) const {
  const auto entry_bytes = static_cast<std::size_t>(index_bytes_) + 4;
  return load_little_endian(rows + entry * entry_bytes + index_bytes_, 4);
}

/// The row that the cursor's word begins.
void BatchWords::begin_row(const LayerWords& words, const StoredWords& stored,
                           Cursor& cursor) const {
  cursor.row_begin = cursor.word;
  std::uint64_t row = 0;
  if (stored.columns != nullptr) {
    const auto entry_bytes = static_cast<std::size_t>(index_bytes_) + 4;
    while (cursor.row_end <= cursor.word) {  // an entry may have no words
      row = load_little_endian(stored.rows + cursor.row * entry_bytes, index_bytes_);
      ++cursor.row;
      cursor.row_end = cursor.row < stored.row_entries
                           ? row_position(stored.rows, cursor.row) - stored.first
                           : stored.words;
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
  if (part.decoded != nullptr) {
    return part.decoded[cursor.word++];
  }
  const StoredWords& stored = part.stored;
  if (cursor.word == cursor.row_end) {
    begin_row(words, stored, cursor);
  }
  const std::uint64_t position = stored.first + cursor.word;
  const auto width = static_cast<unsigned>(value_bytes_);
  std::uint64_t column = cursor.word - cursor.row_begin + (is_bias_ ? words.columns : 0);
  if (stored.columns != nullptr) {
    column = load(stored.columns + position * static_cast<unsigned>(index_bytes_), index_bytes_);
  }
  ++cursor.word;
  return {cursor.slot + static_cast<std::uint32_t>(column),
          signed_word(stored.values + position * width, value_bytes_)};
}

}  // namespace airnn
