// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "sw/model/model.h"

namespace airnn::test {

/// Builds a chain of layers with random weights: normal with the deviation sqrt(2 / columns), with
/// which values keep their size from layer to layer. The same seed gives the same weights.
class SyntheticModel {
 public:
  SyntheticModel(const std::string& name, const MapShape& input, std::uint64_t seed);

  /// 3x3 kernels over a padded map, ReLU; `pooled`: the maximum of 2x2 behind it.
  void convolve(std::int32_t kernels, bool pooled);
  /// Fully connected, ReLU.
  void connect(std::int32_t neurons);
  /// Fully connected without activation, and softmax; the end.
  Model classify(std::int32_t classes);

 private:
  Layer& append(LayerKind kind, std::int32_t kernels, std::int64_t columns);
  void fill_parameters();

  Model model_;
  std::uint64_t seed_;
};

/// The shapes of VGG-16 (configuration D): 13 convolutions, 3 fully connected layers, 138,344,128
/// weights.
Model vgg16_model(std::uint64_t seed);

/// Four convolutions and two fully connected layers over a 3x32x32 map, as wide as `weights`
/// weights allow.
Model model_of_size(std::int64_t weights, std::uint64_t seed);

/// Weights of all layers.
std::int64_t count_weights(const Model& model);

}  // namespace airnn::test
