// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/compiler/range_analysis.h"
#include "sw/model/model.h"

namespace airnn {

/// What all tensors have in common.
struct TensorBits {
  int bits = 32;             ///< 32, 16 or 8
  bool drops_signs = false;  ///< 8 bits only: tensors that cannot be negative have no sign
};

/// Chooses every format of the network (docs/numbers.md) and the integers of the activation bounds.
///
/// Input: the most fraction bits with which all preprocessed pixels 0..255 and all calibration
/// inputs (`input`) fit.
///
/// Activations: the most fraction bits (up to 31) with which a bound fits: the smaller of the sound
/// interval bound and 2^h times the largest value seen in calibration, with h = 6, 2 and 1 bits of
/// headroom for 32, 16 and 8 bits, none without sign; larger values, which no calibration input
/// came near, saturate. Pooling that stands alone keeps the format of its source. Without signs,
/// what an activation keeps from being negative, and an input whose range is not negative, has one
/// bit more for its magnitude.
///
/// Weights: the most fraction bits (up to 62) with which all of them fit and no sum can leave 64
/// bits. With X = largest magnitude of the source's integers (its proven bound, at most
/// 2^(bits-1)), every kernel satisfies
///   sum|w| * X + |bias| + |skip, aligned| + half <= 2^63 - 1,
/// where half = 2^(d-1) is what requantising by d bits adds, and |w| * X is kLargestProduct for
/// every weight but zero where the layer's multipliers are a table. As this bounds the sum of the
/// magnitudes of all terms, it holds for every order of summation and every subset of the weights.
///
/// Throws ModelError with the layer's name and its numbers if whole numbers
/// (0 fraction bits) do not fit.
void choose_formats(const Model& model, const ValueRange& input,
                    const std::vector<ValueRange>& ranges, const TensorBits& tensors,
                    Network& network);

/// Biases of a layer as integers in the format of its sums: weight and source fraction bits
/// together.
std::vector<std::int64_t> integer_biases(const Network& network, std::size_t layer,
                                         const LayerParameters& parameters);

}  // namespace airnn
