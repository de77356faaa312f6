// SPDX-License-Identifier: Apache-2.0
#include "testbenches/contract/encoding/zero_runs.h"

#include <algorithm>
#include <string>
#include <utility>

#include "sw/format/errors.h"
#include "sw/format/memory_image.h"
#include "sw/format/memory_image_builder.h"

namespace airnn::test {

namespace {

constexpr auto kRunKind = static_cast<SectionKind>(kFirstOtherKind + 50);
constexpr auto kValueKind = static_cast<SectionKind>(kFirstOtherKind + 51);
constexpr std::uint8_t kMostZeros = 255;

struct Entry {
  std::uint8_t zeros = 0;
  std::int32_t value = 0;
};

std::vector<Entry> entries_of(const std::vector<std::int32_t>& weights) {
  std::vector<Entry> entries;
  Entry entry;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] == 0 && entry.zeros < kMostZeros && i + 1 < weights.size()) {
      ++entry.zeros;
      continue;
    }
    entry.value = weights[i];
    entries.push_back(entry);
    entry = {};
  }
  return entries;
}

std::int32_t value_of(const std::uint8_t* from, int bytes) {
  const int unused = 32 - 8 * bytes;
  const auto bits = static_cast<std::uint32_t>(load_little_endian(from, bytes)) << unused;
  return static_cast<std::int32_t>(bits) >> unused;
}

/// Reads one layer's arrays beat by beat.
class LayerReader {
 public:
  LayerReader(const FetchBytes& fetch, std::size_t range)
      : fetch_(fetch),
        layer_(fetch.layers_of_ranges()[range]),
        columns_(static_cast<std::uint64_t>(fetch.layer_of(range).columns)),
        words_(columns_ * static_cast<std::uint64_t>(fetch.layer_of(range).kernels)),
        runs_(fetch.range(FetchStream::column, range)),
        values_(fetch.range(FetchStream::value, range)),
        runs_begin_(static_cast<std::uint32_t>(fetch.first_burst(FetchStream::column, range))),
        values_begin_(static_cast<std::uint32_t>(fetch.first_burst(FetchStream::value, range))) {}

  void read(Assembly& assembly) {
    const std::uint64_t first = assembly.words.size();
    const auto width = static_cast<std::uint64_t>(fetch_.widths().value_bytes);
    std::uint64_t done = 0;
    std::uint64_t beat_begin = 0;
    for (std::uint64_t entry = 0; entry < runs_.size && done < words_; ++entry) {
      const std::uint64_t end = done + runs_.data[entry] + 1;
      if (end > words_) {
        damage(assembly, entry + 1, "covers more weights than the layer has");
        break;
      }
      const std::int32_t value =
          value_of(values_.data + entry * width, fetch_.widths().value_bytes);
      while (done < end) {
        add_word(++done == end ? value : 0, assembly);
        if (done - beat_begin == fetch_.lanes() || done == words_) {
          BeatNeed beat;
          beat.first = first + beat_begin;
          beat.count = static_cast<std::uint32_t>(done - beat_begin);
          const std::uint64_t used_up = done == end ? entry + 1 : entry;
          beat.needed[1] = runs_begin_ + bursts_of(entry + 1);
          beat.needed[0] = values_begin_ + bursts_of((entry + 1) * width);
          const bool is_last = done == words_;
          beat.released[1] = runs_begin_ + (is_last ? bursts_of(runs_.size) : whole(used_up));
          beat.released[0] =
              values_begin_ + (is_last ? bursts_of(values_.size) : whole(used_up * width));
          assembly.beats.push_back(beat);
          beat_begin = done;
        }
      }
    }
    if (done < words_ && assembly.damages.empty()) {
      damage(assembly, runs_.size, "covers fewer weights than the layer has");
    }
    assembly.words.resize(first + words_);
  }

  /// Words that mean nothing, and no beats.
  void skip(Assembly& assembly) const { assembly.words.resize(assembly.words.size() + words_); }

 private:
  static std::uint32_t whole(std::uint64_t bytes) {
    return static_cast<std::uint32_t>(bytes / kBurstBytes);
  }
  void add_word(std::int32_t value, Assembly& assembly) {
    assembly.words.push_back({value, static_cast<std::uint32_t>(index_ % columns_),
                              static_cast<std::uint32_t>(index_ / columns_), layer_});
    ++index_;
  }
  void damage(Assembly& assembly, std::uint64_t entries, const char* what) const {
    assembly.damages.push_back({"zero_run array of layer " + std::to_string(layer_) + ": " + what,
                                FetchStream::column, runs_begin_ + bursts_of(entries)});
  }

  const FetchBytes& fetch_;
  const std::uint32_t layer_;
  const std::uint64_t columns_;
  const std::uint64_t words_;
  const ByteView runs_;
  const ByteView values_;
  const std::uint32_t runs_begin_;
  const std::uint32_t values_begin_;
  std::uint64_t index_ = 0;
};

/// One layer's arrays as the monitors look at them.
struct RunArrays {
  std::uint32_t layer = 0;
  ByteView runs;
  ByteView values;
};

std::vector<RunArrays> run_arrays(const MemoryImage& image) {
  std::vector<RunArrays> all;
  for (const Section& section : image.sections()) {
    if (section.kind == kRunKind) {
      const Section* values = image.find(kValueKind, section.layer, 0, 0);
      all.push_back({section.layer, image.content(section), image.content(*values)});
    }
  }
  return all;
}

/// An entry is used up when its last word has left; the rest of a burst when the layer has.
class ZeroRunRelease final : public StreamRelease {
 public:
  explicit ZeroRunRelease(const MemoryImage& image)
      : arrays_(run_arrays(image)),
        value_bytes_(static_cast<std::uint64_t>(image.info().widths.value_bytes)) {}

  void restart() override {
    layer_ = entry_ = 0;
    begun_ = released_ = {};
    words_ = 0;
  }

  const Bursts& after(std::uint64_t words) override {
    while (layer_ < arrays_.size()) {
      const RunArrays& arrays = arrays_[layer_];
      while (entry_ < arrays.runs.size && words_ + arrays.runs.data[entry_] + 1 <= words) {
        words_ += arrays.runs.data[entry_++] + std::uint64_t{1};
      }
      if (entry_ < arrays.runs.size) {
        break;
      }
      begun_[index(FetchStream::column)] += bursts_of(arrays.runs.size);
      begun_[index(FetchStream::value)] += bursts_of(arrays.values.size);
      ++layer_;
      entry_ = 0;
    }
    released_ = begun_;
    released_[index(FetchStream::column)] += entry_ / kBurstBytes;
    released_[index(FetchStream::value)] += entry_ * value_bytes_ / kBurstBytes;
    return released_;
  }

 private:
  static std::size_t index(FetchStream stream) { return static_cast<std::size_t>(stream); }

  std::vector<RunArrays> arrays_;
  std::uint64_t value_bytes_;
  std::size_t layer_ = 0;
  std::uint64_t entry_ = 0;
  std::uint64_t words_ = 0;  ///< of whole entries
  Bursts begun_{};           ///< of the layers before
  Bursts released_{};
};

}  // namespace

std::optional<FetchStream> ZeroRunDecoder::stream_of(SectionKind kind) const {
  if (kind == kRunKind) {
    return FetchStream::column;
  }
  return kind == kValueKind ? std::optional(FetchStream::value) : std::nullopt;
}

void ZeroRunDecoder::add_words(const MemoryImage& image, std::uint32_t iteration,
                               BatchWords& words) const {
  const int width = image.info().widths.value_bytes;
  for (const RunArrays& arrays : run_arrays(image)) {
    const auto columns = static_cast<std::uint64_t>(image.network().layers[arrays.layer].columns);
    std::vector<PlacedWord> placed;
    const auto place = [&](std::int32_t value) {
      const std::uint64_t row = placed.size() / columns;
      const std::uint64_t slot = row * words.pitch(arrays.layer) + placed.size() % columns;
      placed.push_back({static_cast<std::uint32_t>(slot), value});
    };
    for (std::size_t i = 0; iteration == 1 && i < arrays.runs.size; ++i) {
      for (int zero = 0; zero < arrays.runs.data[i]; ++zero) {
        place(0);
      }
      place(value_of(arrays.values.data + i * static_cast<std::size_t>(width), width));
    }
    words.add(arrays.layer, std::move(placed));
  }
}

std::unique_ptr<StreamRelease> ZeroRunDecoder::release(const MemoryImage& image,
                                                       std::uint32_t /*iteration*/) const {
  return std::make_unique<ZeroRunRelease>(image);
}

const std::vector<ArrayInfo>& ZeroRuns::arrays() const {
  static const std::vector<ArrayInfo> arrays = {
      {kRunKind, "zero_run", ArrayPart::matrix, FetchStream::column,
       [](const CrsWidths&) { return std::uint64_t{1}; }},
      {kValueKind, "run_value", ArrayPart::matrix, FetchStream::value,
       [](const CrsWidths& widths) { return static_cast<std::uint64_t>(widths.value_bytes); }}};
  return arrays;
}

std::vector<std::uint64_t> ZeroRuns::bytes(const std::vector<std::int32_t>& weights,
                                           const MatrixShape& shape) const {
  // By counting: a value, and a zero for each 256 zeros in a row, whole or at the end.
  std::uint64_t entries = 0;
  std::uint64_t zeros = 0;
  for (const std::int32_t weight : weights) {
    zeros = weight == 0 ? zeros + 1 : 0;
    entries += weight != 0 || zeros % (kMostZeros + 1) == 0 ? 1 : 0;
  }
  entries += zeros % (kMostZeros + 1) != 0 ? 1 : 0;
  return {arrays()[0].bytes(entries, shape.widths), arrays()[1].bytes(entries, shape.widths)};
}

EncodedArrays ZeroRuns::encode(const std::vector<std::int32_t>& weights,
                               const MatrixShape& shape) const {
  const auto width = static_cast<std::size_t>(shape.widths.value_bytes);
  EncodedArrays arrays(2);
  for (const Entry& entry : entries_of(weights)) {
    arrays[0].push_back(entry.zeros);
    arrays[1].resize(arrays[1].size() + width);
    store_little_endian(&arrays[1][arrays[1].size() - width],
                        static_cast<std::uint32_t>(entry.value), shape.widths.value_bytes);
  }
  return arrays;
}

std::vector<std::int32_t> ZeroRuns::decode(const std::vector<ByteView>& arrays,
                                           const MatrixShape& shape) const {
  const auto width = static_cast<std::size_t>(shape.widths.value_bytes);
  if (arrays[1].size != arrays[0].size * width) {
    throw ImageError("run_value array: has " + std::to_string(arrays[1].size) +
                     " bytes, expected " + std::to_string(arrays[0].size * width));
  }
  std::vector<std::int32_t> weights;
  for (std::size_t i = 0; i < arrays[0].size && weights.size() <= shape.weights(); ++i) {
    weights.insert(weights.end(), arrays[0].data[i], 0);
    weights.push_back(value_of(arrays[1].data + i * width, shape.widths.value_bytes));
  }
  if (weights.size() != shape.weights()) {
    throw ImageError("zero_run array: covers another number of weights than the " +
                     std::to_string(shape.weights()) + " of the layer");
  }
  return weights;
}

void ZeroRunAssembler::assemble(const FetchBytes& fetch, Assembly& assembly) const {
  for (std::size_t range = 0; range < fetch.ranges(FetchStream::value); ++range) {
    LayerReader layer(fetch, range);
    if (assembly.damages.empty()) {
      layer.read(assembly);
    } else {
      layer.skip(assembly);
    }
  }
}

const Encodings& encodings_with_zero_runs() {
  static const ZeroRuns zero_runs;
  static const Encodings encodings = [] {
    Encodings all = built_in_encodings();
    all.push_back(&zero_runs);
    return all;
  }();
  return encodings;
}

const Assemblers& assemblers_with_zero_runs() {
  static const ZeroRunAssembler assembler;
  static const Assemblers assemblers = [] {
    Assemblers all = built_in_assemblers();
    all.push_back({kZeroRunsNumber, ArrayPart::matrix, &assembler});
    return all;
  }();
  return assemblers;
}

const WeightDecoders& decoders_with_zero_runs() {
  static const ZeroRunDecoder decoder;
  static const WeightDecoders decoders = [] {
    WeightDecoders all = built_in_decoders();
    all.push_back({kZeroRunsNumber, ArrayPart::matrix, &decoder});
    return all;
  }();
  return decoders;
}

std::vector<std::uint8_t> with_zero_runs(const MemoryImage& image) {
  ImageInfo info = image.info();
  info.encoding = kZeroRunsNumber;
  const ZeroRuns encoding;
  MemoryImageBuilder builder(info);
  for (const Section& section : image.sections()) {
    if (section.kind != SectionKind::dense_value) {
      const ByteView bytes = image.content(section);
      builder.add(section.kind, section.layer, section.iteration, section.cluster,
                  {bytes.begin(), bytes.end()});
      continue;
    }
    const MatrixShape shape =
        matrix_shape(image.network().layers[section.layer], image.info().widths);
    builder.add_arrays(encoding, section.layer, 0, 0,
                       encoding.encode(image.dense_weights(section.layer), shape));
  }
  return builder.finish();
}

}  // namespace airnn::test
