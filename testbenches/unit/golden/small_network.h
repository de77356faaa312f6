// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/format/memory_image.h"
#include "sw/format/network.h"

namespace airnn::golden::test {

/// A network with its parameters, small enough to be written down in a test.
struct SmallNetwork {
  Network network;
  std::vector<std::vector<std::int32_t>>
      weights;  ///< per layer, kernels x columns; zeros are not stored
  std::vector<std::vector<std::int64_t>> biases;  ///< per layer, one per kernel
  /// Per layer and weight the batch it belongs to, from 1; an empty list: all in batch 1.
  std::vector<std::vector<int>> batches;
  int iterations = 1;

  SmallNetwork(const MapShape& input, const FixedFormat& format);
  /// Appends a layer and gives back its index. `bias` empty: zeros.
  std::int32_t add(const Layer& layer, std::vector<std::int32_t> layer_weights = {},
                   std::vector<std::int64_t> bias = {});
  int batch_of(std::size_t layer, std::size_t weight) const;
  /// Every batch but the last one of a layer must have two weights of it that are not zero.
  MemoryImage image(Scheme scheme = Scheme::iterative) const;

 private:
  /// All clusters in their order; tells the layers how many they have.
  std::vector<CrsCluster> clusters(Network& described) const;
};

/// Layers whose result and columns follow from the rest, without pooling and without activation.
Layer convolution(const MapShape& input, std::int32_t kernels, const Window& window,
                  const FixedFormat& weights, const FixedFormat& output, std::int32_t groups = 1);
Layer depthwise(const MapShape& input, std::int32_t multiplier, const Window& window,
                const FixedFormat& weights, const FixedFormat& output);
Layer fully_connected(const MapShape& input, std::int32_t neurons, const FixedFormat& weights,
                      const FixedFormat& output);
Layer addition(const MapShape& input, std::int32_t skip, const FixedFormat& output);
/// `round_up`: size as ceil_mode counts it.
Layer pooling(const MapShape& input, PoolKind kind, const Window& window, const FixedFormat& format,
              bool round_up = false);

/// Puts a pooling stage behind a layer.
void pool_behind(Layer& layer, PoolKind kind, const Window& window, bool round_up = false);
void clamp(Layer& layer, std::int64_t low, std::int64_t high);

}  // namespace airnn::golden::test
