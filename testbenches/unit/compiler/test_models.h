// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "sw/compiler/compile_options.h"
#include "sw/model/model.h"

namespace airnn::test {

/// Normally distributed weights; the same for the same seed.
std::vector<float> normal_weights(std::size_t count, double deviation, unsigned seed);

/// One fully connected layer without activation.
Model neuron_layer(const std::string& name, std::int32_t inputs, std::vector<float> weights,
                   std::vector<float> bias);

/// Every kind of layer: convolution with ReLU and pooling, depthwise with clip, pointwise with
/// residual addition, stand-alone addition, stand-alone pooling, fully connected. 2x8x8 inputs, 5
/// classes. `layers`: "conv", "depthwise", "pointwise", "sum", "pool", "fc".
Model every_layer(unsigned seed);

/// Options with K clusters everywhere and pixels scaled to 0..1.
CompileOptions options_with(const std::string& clusters);

}  // namespace airnn::test
