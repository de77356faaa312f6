// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "sw/format/bin_tables.h"
#include "sw/format/network.h"

namespace airnn {

/// Address arithmetic of a layer's weight buffer: a row of slots per kernel, the weights by column,
/// then two slots for the low and the high half of the bias. Behind the last kernel lie the tables
/// of the layer's bins, if it has any: one row of words.
class BufferMap {
 public:
  BufferMap() = default;
  explicit BufferMap(const Layer& layer)
      : kernels_(static_cast<std::uint32_t>(layer.kernels)),
        columns_(static_cast<std::uint32_t>(layer.columns)),
        table_words_(layer.bins + layer.match_rows * match_row_words(layer)) {}

  std::uint32_t rows() const { return kernels_; }
  std::uint32_t pitch() const { return columns_ + 2; }
  /// Of weights and biases, behind which those of the tables begin.
  std::uint64_t slots() const { return std::uint64_t{kernels_} * pitch(); }
  bool contains(std::uint32_t row, std::uint32_t column) const {
    return row < kernels_ ? column < pitch() : row == kernels_ && column < table_words_;
  }
  /// Of the tables: a word per centre, then the rows of the associative memory.
  std::uint32_t table_words() const { return table_words_; }
  /// Words of 32 bits of such a row.
  static std::uint32_t match_row_words(const Layer& layer) {
    return static_cast<std::uint32_t>(match_row_bytes(layer.weight_format.bits / 8) / 4);
  }
  std::uint32_t slot(std::uint32_t row, std::uint32_t column) const {
    return row * pitch() + column;
  }

 private:
  std::uint32_t kernels_ = 0;
  std::uint32_t columns_ = 0;
  std::uint32_t table_words_ = 0;
};

}  // namespace airnn
