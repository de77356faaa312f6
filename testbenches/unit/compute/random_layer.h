// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "hw/common/beats.h"
#include "hw/compute/mac/sparse_kernels.h"
#include "sw/format/network.h"
#include "testbenches/unit/golden/naive_inference.h"

namespace airnn::test {

/// A layer with its parameters and operands.
struct RandomLayer {
  Layer layer;  ///< reads the network's input, and layer 0 as second operand
  FixedFormat input_format;
  FixedFormat skip_format;
  std::vector<std::int32_t> weights;  ///< kernels x columns
  std::vector<std::int64_t> biases;
  std::vector<std::int32_t> input;
  std::vector<std::int32_t> skip;  ///< empty: the layer has no second operand

  std::uint64_t nonzero_weights() const;
  std::uint64_t nonzero_kernels() const;
  /// What a weight buffer is sent: biases (two words each), and weights that are not zero.
  std::vector<PlacedWord> bias_words() const;
  std::vector<PlacedWord> weight_words() const;
  /// The output map as docs/numbers.md defines it, with 128-bit sums; with other multipliers, of
  /// their products.
  std::vector<std::int32_t> expected_output(const golden::test::Multiply& multiply = {}) const {
    return expected(multiply).outputs.back();
  }
  /// How many elements saturate on the way to it.
  std::uint64_t expected_saturated(const golden::test::Multiply& multiply = {}) const {
    return expected(multiply).saturated.back();
  }

 private:
  golden::test::NaiveInference expected(const golden::test::Multiply& multiply) const;
};

/// The content of a weight buffer that has got all of the layer's weights and biases.
/// `by_inputs`: as in a fully connected layer.
SparseKernels kernels_of(const RandomLayer& drawn, bool by_inputs = false);

/// Draws layers of every kind with odd windows, strides and paddings, pooling stages (round-up
/// included) and second operands; sums fit 64 bits.
class LayerGenerator {
 public:
  explicit LayerGenerator(unsigned seed, std::int32_t bits = 32) : random_(seed), bits_(bits) {}

  RandomLayer draw(LayerKind kind);
  LayerKind kind();
  /// A new input map for the layer.
  std::vector<std::int32_t> map(std::int64_t size);

  std::int32_t pick(std::int32_t low, std::int32_t high) {
    return std::uniform_int_distribution<std::int32_t>(low, high)(random_);
  }

 private:
  Window window(const MapShape& map);
  Layer shape(LayerKind kind, const MapShape& input);
  void choose_parameters(RandomLayer& drawn);
  std::int32_t number(int bits);

  std::mt19937 random_;
  std::int32_t bits_;
};

}  // namespace airnn::test
