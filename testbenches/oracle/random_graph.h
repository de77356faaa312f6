// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "testbenches/support/onnx_builder.h"

namespace airnn::test {

/// Draws ONNX graphs that the importer must accept, with all that makes imports differ: kinds of
/// padding, rounding of pools, groups, broadcasts, batch normalisation and activations anywhere,
/// additions of any earlier map and of the input, ways to flatten, operator sets 9 to 20. The same
/// seed gives the same graph.
class RandomGraph {
 public:
  explicit RandomGraph(std::uint32_t seed);

  /// The encoded model.
  std::string bytes() { return builder_.bytes(); }

 private:
  using Dims = OnnxBuilder::Dims;
  using Attributes = std::vector<OnnxAttribute>;

  struct Map {
    std::string name;
    Dims dims;  // with the batch in front: four, or two when it is flat
  };

  std::int64_t pick(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random_() % static_cast<std::uint32_t>(high - low + 1));
  }
  bool chance(int percent) { return pick(1, 100) <= percent; }
  float factor() { return (chance(30) ? -1.0F : 1.0F) * static_cast<float>(pick(50, 150)) / 100; }
  bool is_flat() const { return now_.dims.size() == 2; }
  std::int64_t channels() const { return now_.dims[1]; }

  /// Appends a node that reads the present map; its result is the present map from then on.
  void step(const std::string& type, std::vector<std::string> operands,
            const Attributes& attributes, const Dims& dims);
  void same_shape(const std::string& type, const std::vector<std::string>& operands,
                  const Attributes& attributes = {}) {
    step(type, operands, attributes, now_.dims);
  }

  void map_step();
  void convolve();
  void convolve_same();
  void pool(bool maximum);
  Attributes draw_window(const Dims& kernel, const Dims& strides, bool may_round_up, Dims* dims);
  void pad_and_slide();
  void means(bool both_axes);
  void normalise();
  void activate();
  void broadcast();
  void add_earlier_map();
  void pass();

  void flatten();
  void connect();
  void multiply_matrix(std::int64_t outputs);

  std::mt19937 random_;
  std::int64_t opset_;
  OnnxBuilder builder_;
  Map now_;
  std::vector<Map> earlier_;  // the input and all maps that may be read again
};

}  // namespace airnn::test
