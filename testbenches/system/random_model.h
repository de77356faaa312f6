// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "sw/compiler/compile_options.h"
#include "sw/model/model.h"
#include "testbenches/support/onnx_builder.h"

namespace airnn::test {

/// Draws small networks as ONNX graphs: chains and branches of convolutions (plain, grouped,
/// depthwise), poolings, additions and fully connected layers, over maps or flat inputs, with odd
/// shapes, asymmetric padding and pruned weights. The same seed gives the same network.
class RandomModel {
 public:
  explicit RandomModel(unsigned seed);

  const Model& model() const { return model_; }
  /// Options of every kind that fit the network.
  CompileOptions options();
  /// Pixels as the network's preprocessing makes them, extremes included.
  std::vector<std::int32_t> input(const Network& network);

  std::int64_t pick(std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(random_);
  }
  template <typename T>
  T one_of(const std::vector<T>& values) {
    return values[static_cast<std::size_t>(pick(0, static_cast<std::int64_t>(values.size()) - 1))];
  }

 private:
  using Dims = std::vector<std::int64_t>;

  void add_operator();
  void convolve(std::int64_t kernels, std::int64_t groups);
  void convolve_same(std::int64_t kernels);
  void convolve_node(std::int64_t kernels, std::int64_t groups, const Dims& kernel,
                     const Dims& strides, const Dims& pads);
  void pool();
  void join();
  void activate();
  void connect(std::int64_t neurons);
  std::string weights(const Dims& dims);
  void slide(const Dims& kernel, const Dims& strides, const Dims& pads);

  std::mt19937 random_;
  OnnxBuilder builder_;
  MapShape shape_;
  int pruned_percent_ = 0;
  Model model_;
};

}  // namespace airnn::test
