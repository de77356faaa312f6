// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/decode/line_decoder.h"

#include <array>
#include <utility>
#include <vector>

#include "hw/control/fetch/fetch_layout.h"

namespace airnn {

namespace {

/// The lines of an array, and the weights of each, as docs/line_coding.md has them: in doubles,
/// which hold all of these numbers exactly, and without a line of the units.
class LineArray {
 public:
  LineArray(ByteView bytes, int weight_bytes)
      : bytes_(bytes), weight_bytes_(weight_bytes), number_bytes_(weight_bytes == 1 ? 1 : 2) {}

  std::uint64_t entry_bytes() const { return 2 * number_bytes_ + 1; }
  std::uint64_t entries() const { return bytes_.size / entry_bytes(); }
  std::uint64_t size() const { return bytes_.size; }
  std::uint64_t length(std::uint64_t entry) const {
    return std::uint64_t{bytes_.data[entry * entry_bytes() + 2 * number_bytes_]} + 1;
  }

  void append(std::uint64_t entry, std::vector<std::int32_t>& weights) const {
    const double start = number(entry, 0);
    const double slope = number(entry, number_bytes_);
    double places = 1;
    while (places < static_cast<double>(length(entry))) {
      places *= 2;
    }
    const double most = number_bytes_ == 1 ? 127 : 32767;
    for (std::uint64_t j = 0; j < length(entry); ++j) {
      // A half is rounded up.
      double word = floor_of(start + static_cast<double>(j) * slope * 4 / places + 0.5);
      word = word > most ? most : word < -most - 1 ? -most - 1 : word;
      weights.push_back(static_cast<std::int32_t>(word * (weight_bytes_ == 4 ? 65536 : 1)));
    }
  }

 private:
  static double floor_of(double value) {
    const auto whole = static_cast<double>(static_cast<std::int64_t>(value));
    return whole > value ? whole - 1 : whole;
  }
  double number(std::uint64_t entry, std::uint64_t offset) const {
    const std::uint8_t* from = bytes_.data + entry * entry_bytes() + offset;
    return number_bytes_ == 1 ? static_cast<double>(static_cast<std::int8_t>(*from))
                              : static_cast<double>(static_cast<std::int16_t>(
                                    from[0] | (static_cast<unsigned>(from[1]) << 8)));
  }

  ByteView bytes_;
  int weight_bytes_;
  std::uint64_t number_bytes_;
};

/// What one layer or cluster has: lines or, of a plain layer, values; and index arrays.
struct LinePart {
  ByteView lines;
  ByteView values;
  std::array<ByteView, 3> indices;  ///< column, row, layer
};

std::vector<LinePart> parts_of(const MemoryImage& image, std::uint32_t iteration) {
  std::vector<LinePart> parts;
  for (const Section& section : image.sections()) {
    const bool is_matrix =
        section.kind == SectionKind::line_dense || section.kind == SectionKind::dense_value;
    if (is_matrix && iteration == 1) {
      parts.emplace_back();
      (section.kind == SectionKind::line_dense ? parts.back().lines : parts.back().values) =
          image.content(section);
    }
  }
  for (std::uint16_t cluster = 0; cluster < 2; ++cluster) {
    const auto array = [&](SectionKind kind) {
      const Section* section =
          image.find(kind, kAllLayers, static_cast<std::uint16_t>(iteration), cluster);
      return section == nullptr ? ByteView() : image.content(*section);
    };
    if (array(SectionKind::line_value).size > 0) {
      parts.push_back(
          {array(SectionKind::line_value),
           {},
           {array(SectionKind::column), array(SectionKind::row), array(SectionKind::layer)}});
    }
  }
  return parts;
}

/// A line is used up when its last word has left.
class LineRelease final : public StreamRelease {
 public:
  LineRelease(const MemoryImage& image, std::uint32_t iteration)
      : widths_(image.info().widths), parts_(parts_of(image, iteration)) {}

  void restart() override {
    part_ = entry_ = words_ = part_words_ = rows_ = layers_ = 0;
    begun_ = released_ = {};
  }

  const Bursts& after(std::uint64_t words) override {
    while (part_ < parts_.size() && !go_on(words)) {
      const LinePart& part = parts_[part_];
      begun_[0] += bursts_of(part.lines.size + part.values.size);
      for (std::size_t s = 0; s < 3; ++s) {
        begun_[s + 1] += bursts_of(part.indices[s].size);
      }
      ++part_;
      entry_ = part_words_ = rows_ = layers_ = 0;
    }
    released_ = begun_;
    if (part_ < parts_.size()) {
      release_part();
    }
    return released_;
  }

 private:
  std::uint64_t words_of(const LinePart& part, std::uint64_t entry) const {
    return part.lines.size > 0 ? LineArray(part.lines, widths_.value_bytes).length(entry) : 1;
  }
  std::uint64_t entries_of(const LinePart& part) const {
    return part.lines.size > 0 ? LineArray(part.lines, widths_.value_bytes).entries()
                               : part.values.size / static_cast<unsigned>(widths_.value_bytes);
  }

  /// Entries of the part that have left; false if all have.
  bool go_on(std::uint64_t words) {
    const LinePart& part = parts_[part_];
    const std::uint64_t entries = entries_of(part);
    while (entry_ < entries && words_ + words_of(part, entry_) <= words) {
      words_ += words_of(part, entry_);
      part_words_ += words_of(part, entry_);
      ++entry_;
    }
    return entry_ < entries;
  }

  void release_part() {
    const LinePart& part = parts_[part_];
    const std::uint64_t entry_bytes = part.lines.size > 0
                                          ? LineArray(part.lines, widths_.value_bytes).entry_bytes()
                                          : static_cast<unsigned>(widths_.value_bytes);
    released_[0] += entry_ * entry_bytes / kBurstBytes;
    if (part.indices[0].size == 0) {
      return;
    }
    const auto index_bytes = static_cast<std::uint64_t>(widths_.index_bytes);
    rows_ = entries_before(part.indices[1], rows_, part_words_);
    layers_ = entries_before(part.indices[2], layers_, rows_);
    released_[1] += part_words_ * index_bytes / kBurstBytes;
    released_[2] += rows_ * (index_bytes + 4) / kBurstBytes;
    released_[3] += layers_ * (index_bytes + 4) / kBurstBytes;
  }

  std::uint64_t entries_before(const ByteView& array, std::uint64_t from, std::uint64_t end) const {
    const auto size = static_cast<std::uint64_t>(widths_.index_bytes) + 4;
    while (from < array.size / size &&
           load_little_endian(array.data + from * size + widths_.index_bytes, 4) < end) {
      ++from;
    }
    return from;
  }

  CrsWidths widths_;
  std::vector<LinePart> parts_;
  std::size_t part_ = 0;
  std::uint64_t entry_ = 0;       ///< of the part that is being sent
  std::uint64_t part_words_ = 0;  ///< of these entries
  std::uint64_t words_ = 0;       ///< of all entries that have left
  std::uint64_t rows_ = 0;
  std::uint64_t layers_ = 0;
  Bursts begun_{};
  Bursts released_{};
};

}  // namespace

std::optional<FetchStream> LineDecoder::stream_of(SectionKind kind) const {
  switch (kind) {
    case SectionKind::line_dense:
    case SectionKind::line_value:
    case SectionKind::dense_value:
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

void LineDecoder::add_words(const MemoryImage& image, std::uint32_t iteration,
                            BatchWords& words) const {
  const int width = image.info().widths.value_bytes;
  const auto weights_of = [&](ByteView bytes) {
    const LineArray lines(bytes, width);
    std::vector<std::int32_t> weights;
    for (std::uint64_t entry = 0; entry < lines.entries(); ++entry) {
      lines.append(entry, weights);
    }
    return weights;
  };
  for (const Section& section : image.sections()) {
    const ByteView bytes = image.content(section);
    if (iteration == 1 && section.kind == SectionKind::dense_value) {
      StoredWords stored;
      stored.values = bytes.data;
      stored.words = section.bytes / static_cast<unsigned>(width);
      words.add(section.layer, stored);
    } else if (iteration == 1 && section.kind == SectionKind::line_dense) {
      const auto columns =
          static_cast<std::uint64_t>(image.network().layers[section.layer].columns);
      std::vector<PlacedWord> placed;
      for (const std::int32_t weight : weights_of(bytes)) {
        const std::uint64_t slot =
            placed.size() / columns * words.pitch(section.layer) + placed.size() % columns;
        placed.push_back({static_cast<std::uint32_t>(slot), weight});
      }
      words.add(section.layer, std::move(placed));
    }
  }
  // Rows and layers of clusters, entry by entry: number, position.
  const auto index_bytes = static_cast<std::uint64_t>(image.info().widths.index_bytes);
  const auto number = [&](const ByteView& array, std::uint64_t entry) {
    return load_little_endian(array.data + entry * (index_bytes + 4),
                              static_cast<int>(index_bytes));
  };
  const auto position = [&](const ByteView& array, std::uint64_t entry, std::uint64_t end) {
    return entry * (index_bytes + 4) < array.size
               ? load_little_endian(array.data + entry * (index_bytes + 4) + index_bytes, 4)
               : end;
  };
  for (const LinePart& part : parts_of(image, iteration)) {
    const auto& [columns, rows, layers] = part.indices;
    if (columns.size == 0) {
      continue;
    }
    const std::vector<std::int32_t> weights = weights_of(part.lines);
    const std::uint64_t row_entries = rows.size / (index_bytes + 4);
    for (std::uint64_t l = 0; l < layers.size / (index_bytes + 4); ++l) {
      const auto layer = static_cast<std::uint32_t>(number(layers, l));
      std::vector<PlacedWord> placed;
      for (std::uint64_t r = position(layers, l, 0); r < position(layers, l + 1, row_entries);
           ++r) {
        for (std::uint64_t w = position(rows, r, 0); w < position(rows, r + 1, weights.size());
             ++w) {
          const std::uint64_t column =
              load_little_endian(columns.data + w * index_bytes, static_cast<int>(index_bytes));
          placed.push_back(
              {static_cast<std::uint32_t>(number(rows, r) * words.pitch(layer) + column),
               weights[w]});
        }
      }
      words.add(layer, std::move(placed));
    }
  }
}

std::unique_ptr<StreamRelease> LineDecoder::release(const MemoryImage& image,
                                                    std::uint32_t iteration) const {
  return std::make_unique<LineRelease>(image, iteration);
}

}  // namespace airnn
