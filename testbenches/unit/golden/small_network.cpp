// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/golden/small_network.h"

#include <algorithm>
#include <utility>

#include "sw/format/memory_image_builder.h"

namespace airnn::golden::test {

namespace {

std::int32_t windows(std::int32_t size, std::int32_t kernel, std::int32_t stride,
                     std::int32_t before, std::int32_t after, bool round_up) {
  const std::int32_t span = size + before + after - kernel;
  std::int32_t count = (round_up ? (span + stride - 1) / stride : span / stride) + 1;
  // A last window that begins beyond the map sees nothing of it; ceil_mode drops it.
  if (round_up && (count - 1) * stride >= size + before) {
    --count;
  }
  return count;
}

MapShape slide(const MapShape& map, std::int32_t channels, const Window& w, bool round_up) {
  return {channels, windows(map.height, w.kernel_h, w.stride_h, w.pad_top, w.pad_bottom, round_up),
          windows(map.width, w.kernel_w, w.stride_w, w.pad_left, w.pad_right, round_up)};
}

void without_activation(Layer& layer, const FixedFormat& output) {
  layer.output_format = output;
  clamp(layer, output.min_integer(), output.max_integer());
}

}  // namespace

SmallNetwork::SmallNetwork(const MapShape& input, const FixedFormat& format) {
  network.name = "small";
  network.input = input;
  network.input_format = format;
  network.preprocess.mean.assign(static_cast<std::size_t>(input.channels), 0.0);
  network.preprocess.deviation.assign(static_cast<std::size_t>(input.channels), 1.0);
}

std::int32_t SmallNetwork::add(const Layer& layer, std::vector<std::int32_t> layer_weights,
                               std::vector<std::int64_t> bias) {
  const auto index = static_cast<std::int32_t>(network.layers.size());
  network.layers.push_back(layer);
  network.layers.back().name = "layer" + std::to_string(index);
  if (bias.empty()) {
    bias.assign(static_cast<std::size_t>(layer.kernels), 0);
  }
  weights.push_back(std::move(layer_weights));
  biases.push_back(std::move(bias));
  batches.emplace_back();
  return index;
}

int SmallNetwork::batch_of(std::size_t layer, std::size_t weight) const {
  return batches[layer].empty() ? 1 : batches[layer][weight];
}

std::vector<CrsCluster> SmallNetwork::clusters(Network& described) const {
  std::vector<CrsCluster> clusters(2 * static_cast<std::size_t>(iterations));
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    Layer& layer = described.layers[l];
    for (int batch = 1; batch <= iterations; ++batch) {
      std::vector<std::size_t> members;
      for (std::size_t i = 0; i < weights[l].size(); ++i) {
        if (weights[l][i] != 0 && batch_of(l, i) == batch) {
          members.push_back(i);
        }
      }
      // The larger half of the values makes the first cluster.
      std::sort(members.begin(), members.end(), [&](std::size_t a, std::size_t b) {
        return weights[l][a] != weights[l][b] ? weights[l][a] > weights[l][b] : a < b;
      });
      const auto half = members.begin() + static_cast<std::ptrdiff_t>((members.size() + 1) / 2);
      std::sort(members.begin(), half);
      std::sort(half, members.end());
      for (auto member = members.begin(); member != members.end(); ++member) {
        const auto columns = static_cast<std::size_t>(layer.columns);
        const std::size_t cluster = member < half ? 0 : 1;
        clusters[2 * static_cast<std::size_t>(batch - 1) + cluster].append(
            {weights[l][*member], static_cast<std::uint32_t>(*member % columns),
             static_cast<std::uint32_t>(*member / columns), static_cast<std::uint32_t>(l)});
      }
      layer.clusters += static_cast<std::int32_t>(std::min<std::size_t>(members.size(), 2));
    }
  }
  return clusters;
}

MemoryImage SmallNetwork::image(Scheme scheme) const {
  Network described = network;
  ImageInfo info;
  info.scheme = scheme;
  info.iterations = scheme == Scheme::base ? 1 : iterations;
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    Layer& layer = described.layers[l];
    layer.zeros = std::count(weights[l].begin(), weights[l].end(), 0);
    layer.weights = static_cast<std::int64_t>(weights[l].size()) - layer.zeros;
    if (layer.has_weights()) {
      info.widths.value_bytes = layer.weight_format.bits / 8;
    }
  }
  std::vector<CrsCluster> arrays;
  if (scheme != Scheme::base) {
    arrays = clusters(described);
  }
  MemoryImageBuilder builder(info);
  builder.add_network(described);
  for (std::uint16_t l = 0; l < network.layers.size(); ++l) {
    if (network.layers[l].has_weights()) {
      builder.add_biases(l, biases[l]);
    }
  }
  for (std::uint16_t l = 0; scheme == Scheme::base && l < network.layers.size(); ++l) {
    if (network.layers[l].has_weights()) {
      builder.add_dense_weights(l, weights[l]);
    }
  }
  for (std::uint16_t i = 0; i < arrays.size(); ++i) {
    builder.add_cluster(i / 2 + 1, i % 2, arrays[i]);
  }
  return MemoryImage::parse(builder.finish(), "small network");
}

Layer convolution(const MapShape& input, std::int32_t kernels, const Window& window,
                  const FixedFormat& weights, const FixedFormat& output, std::int32_t groups) {
  Layer layer;
  layer.kind = LayerKind::convolution;
  layer.input = input;
  layer.result = layer.output = slide(input, kernels, window, false);
  layer.window = window;
  layer.groups = groups;
  layer.kernels = kernels;
  layer.columns = std::int64_t{input.channels} / groups * window.area();
  layer.weight_format = weights;
  without_activation(layer, output);
  return layer;
}

Layer depthwise(const MapShape& input, std::int32_t multiplier, const Window& window,
                const FixedFormat& weights, const FixedFormat& output) {
  Layer layer =
      convolution(input, input.channels * multiplier, window, weights, output, input.channels);
  layer.kind = LayerKind::depthwise;
  return layer;
}

Layer fully_connected(const MapShape& input, std::int32_t neurons, const FixedFormat& weights,
                      const FixedFormat& output) {
  Layer layer;
  layer.kind = LayerKind::fully_connected;
  layer.input = input;
  layer.result = layer.output = {neurons, 1, 1};
  layer.kernels = neurons;
  layer.columns = input.size();
  layer.weight_format = weights;
  without_activation(layer, output);
  return layer;
}

Layer addition(const MapShape& input, std::int32_t skip, const FixedFormat& output) {
  Layer layer;
  layer.kind = LayerKind::addition;
  layer.skip = skip;
  layer.input = layer.result = layer.output = input;
  without_activation(layer, output);
  return layer;
}

Layer pooling(const MapShape& input, PoolKind kind, const Window& window, const FixedFormat& format,
              bool round_up) {
  Layer layer;
  layer.kind = LayerKind::pooling;
  layer.input = input;
  layer.pool = kind;
  layer.pool_window = window;
  layer.result = layer.output = slide(input, input.channels, window, round_up);
  without_activation(layer, format);
  return layer;
}

void pool_behind(Layer& layer, PoolKind kind, const Window& window, bool round_up) {
  layer.pool = kind;
  layer.pool_window = window;
  layer.output = slide(layer.result, layer.result.channels, window, round_up);
}

void clamp(Layer& layer, std::int64_t low, std::int64_t high) {
  layer.clamp_low = low;
  layer.clamp_high = high;
}

}  // namespace airnn::golden::test
