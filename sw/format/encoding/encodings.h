// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/format/encoding/line_encoding.h"
#include "sw/format/encoding/weight_encoding.h"

namespace airnn {

/// The number of encodings in which each weight is a word of its own.
inline constexpr std::uint8_t kPlainEncoding = 0;
/// The number of those in which it is the number of a bin, a byte, whose centre the layer's
/// codebook has.
inline constexpr std::uint8_t kBinnedEncoding = 1;
/// The number of those in which weights are lines (docs/line_coding.md).
inline constexpr std::uint8_t kLineEncoding = 2;
/// The arrays are those of the plain encoding, whatever a word of `value` stands for.
constexpr bool has_plain_arrays(std::uint8_t number) {
  return number <= kBinnedEncoding;
}

/// The encodings that a reader of images knows. Who knows more hands over a larger table.
using Encodings = std::vector<const WeightEncoding*>;

/// `dense` (matrices) and `clustered`, all plain, with bins, and as lines.
const Encodings& built_in_encodings();
const MatrixEncoding& dense_encoding();
const ClusterEncoding& clustered_encoding();
const LineMatrixEncoding& line_matrix_encoding();
const LineClusterEncoding& line_cluster_encoding();

/// The encoding of matrices or clusters with this number. Throws ImageError that lists those that
/// there are.
const WeightEncoding& find_encoding(const Encodings& encodings, std::uint8_t number,
                                    ArrayPart part);

}  // namespace airnn
