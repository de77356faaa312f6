// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "hw/common/beats.h"
#include "sw/format/memory_image.h"

namespace airnn {

class WeightDecoder;

/// Where the words of one layer lie in a plain array, or the part of it that a layer entry names.
struct StoredWords {
  const std::uint8_t* values = nullptr;
  const std::uint8_t* columns = nullptr;  ///< null: a dense array, or biases
  const std::uint8_t* rows = nullptr;     ///< entries: row number, position of its first word
  std::uint64_t row_entries = 0;
  std::uint64_t first = 0;  ///< position of the part's first word
  std::uint64_t words = 0;
};

/// The words that a batch must bring to the weight buffer of each layer. Plain arrays are read
/// where they lie, without a copy; nothing is shared with the units that fetch them.
class BatchWords {
 public:
  /// Where a reader of one layer's words is.
  struct Cursor {
    std::size_t part = 0;
    std::uint64_t word = 0;       ///< in the part
    std::uint64_t row = 0;        ///< row entries that were begun; clusters only
    std::uint64_t row_begin = 0;  ///< first word of the row,
    std::uint64_t row_end = 0;    ///< and the one behind its last
    std::uint32_t slot = 0;       ///< of the row's column 0
  };

  /// `iteration` 0: the biases, which have no encoding. Behind the last iteration: nothing.
  BatchWords(const MemoryImage& image, std::uint32_t iteration, const WeightDecoder& decoder);

  /// The layer's next words, for the decoder; from arrays, or decoded.
  void add(std::uint32_t layer, const StoredWords& stored);
  void add(std::uint32_t layer, std::vector<PlacedWord> decoded);
  /// Slots of a kernel of the layer: its weights, then the halves of the bias.
  std::uint32_t pitch(std::uint32_t layer) const { return layers_[layer].pitch; }

  std::uint64_t count(std::uint32_t layer) const { return layers_[layer].words; }
  /// The next word of the layer, in the order in which they are stored; only while there is one.
  PlacedWord next(std::uint32_t layer, Cursor& cursor) const;

 private:
  struct Part {
    StoredWords stored;
    const PlacedWord* decoded = nullptr;  ///< instead
    std::uint64_t words = 0;
  };
  struct LayerWords {
    std::vector<Part> parts;
    std::uint64_t words = 0;
    std::uint32_t pitch = 0;
    std::uint32_t columns = 0;
  };

  void add_table(const MemoryImage& image, const Section& section);
  void add_part(std::uint32_t layer, const Part& part);
  void begin_row(const LayerWords& words, const StoredWords& stored, Cursor& cursor) const;
  std::uint64_t row_position(const std::uint8_t* rows, std::uint64_t entry) const;

  bool is_bias_;
  int value_bytes_;
  int index_bytes_;
  std::vector<LayerWords> layers_;
  std::deque<std::vector<PlacedWord>> decoded_;  ///< which parts point into
};

}  // namespace airnn
