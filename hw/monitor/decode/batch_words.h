// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/common/beats.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// The words that a batch must bring to the weight buffer of each layer, read from the image's
/// arrays where they lie: nothing is copied, and nothing is shared with the units that fetch them.
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

  /// `iteration` 0: the biases. Behind the last iteration: nothing.
  BatchWords(const MemoryImage& image, std::uint32_t iteration);

  std::uint64_t count(std::uint32_t layer) const { return layers_[layer].words; }
  /// The next word of the layer, in the order in which they are stored; only while there is one.
  PlacedWord next(std::uint32_t layer, Cursor& cursor) const;

 private:
  /// An array of words of one layer.
  struct Part {
    const std::uint8_t* values = nullptr;
    const std::uint8_t* columns = nullptr;  ///< null: a dense array, or biases
    const std::uint8_t* rows = nullptr;     ///< entries: row number, position of its first word
    std::uint64_t row_entries = 0;
    std::uint64_t first = 0;  ///< position of the part's first word
    std::uint64_t words = 0;
  };
  struct LayerWords {
    std::vector<Part> parts;
    std::uint64_t words = 0;
    std::uint32_t pitch = 0;  ///< slots of a kernel: weights, then the halves of the bias
    std::uint32_t columns = 0;
  };

  void add_array(const Section& section, int value_bytes);
  void add_cluster(std::uint32_t iteration, std::uint16_t cluster);
  void add(std::uint32_t layer, const Part& part);
  void begin_row(const LayerWords& words, const Part& part, Cursor& cursor) const;
  std::uint64_t row_position(const std::uint8_t* rows, std::uint64_t entry) const;

  const MemoryImage& image_;
  bool is_bias_;
  int value_bytes_;
  int index_bytes_;
  std::vector<LayerWords> layers_;
};

}  // namespace airnn
