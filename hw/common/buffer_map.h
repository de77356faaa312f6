// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "sw/format/network.h"

namespace airnn {

/// Address arithmetic of a layer's weight buffer: a row of slots per kernel, the weights by column,
/// then two slots for the low and the high half of the bias.
class BufferMap {
 public:
  BufferMap() = default;
  explicit BufferMap(const Layer& layer)
      : kernels_(static_cast<std::uint32_t>(layer.kernels)),
        columns_(static_cast<std::uint32_t>(layer.columns)) {}

  std::uint32_t pitch() const { return columns_ + 2; }
  std::uint64_t slots() const { return std::uint64_t{kernels_} * pitch(); }
  bool contains(std::uint32_t row, std::uint32_t column) const {
    return row < kernels_ && column < pitch();
  }
  std::uint32_t slot(std::uint32_t row, std::uint32_t column) const {
    return row * pitch() + column;
  }

 private:
  std::uint32_t kernels_ = 0;
  std::uint32_t columns_ = 0;
};

}  // namespace airnn
