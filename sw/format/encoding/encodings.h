// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/format/encoding/weight_encoding.h"

namespace airnn {

/// The number of encodings in which each weight is a word of its own.
inline constexpr std::uint8_t kPlainEncoding = 0;
/// The number of those in which it is the number of a bin, a byte, whose centre the layer's
/// codebook has.
inline constexpr std::uint8_t kBinnedEncoding = 1;
/// The arrays are those of the plain encoding, whatever a word of `value` stands for.
constexpr bool has_plain_arrays(std::uint8_t number) {
  return number <= kBinnedEncoding;
}

/// The encodings that a reader of images knows. Who knows more hands over a larger table.
using Encodings = std::vector<const WeightEncoding*>;

/// `dense` (matrices) and `clustered`, both plain, and the same with bins.
const Encodings& built_in_encodings();
const MatrixEncoding& dense_encoding();
const ClusterEncoding& clustered_encoding();

/// The encoding of matrices or clusters with this number. Throws ImageError that lists those that
/// there are.
const WeightEncoding& find_encoding(const Encodings& encodings, std::uint8_t number,
                                    ArrayPart part);

}  // namespace airnn
