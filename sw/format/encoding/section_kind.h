// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace airnn {

/// What a section of an image holds. An encoding may have kinds of its own, from
/// kFirstOtherKind on.
enum class SectionKind : std::uint16_t {
  network = 1,      ///< topology and formats
  bias = 2,         ///< of one layer: 8 bytes per kernel, accumulator format
  dense_value = 3,  ///< scheme base: all weights of one layer, row by row, zeros included
  value = 4,        ///< the four arrays of one cluster of one batch, all layers
  column = 5,
  row = 6,
  layer = 7,
  kernel_index = 8,  ///< interleaving of one layer and iteration (Figure 8c)
  group_index = 9,
  kernel_block = 10,
  codebook = 11,    ///< of one layer: centres of its bins
  match_row = 12,   ///< of one layer: rows of the associative memory beside its multipliers
  line_dense = 13,  ///< as dense_value, but lines
  line_value = 14,  ///< as value, but lines
};
inline constexpr std::uint16_t kFirstOtherKind = 15;

/// Its name, if it is one of the above; else "unknown".
const char* to_string(SectionKind kind);

}  // namespace airnn
