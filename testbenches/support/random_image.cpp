// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/random_image.h"

#include <algorithm>
#include <numeric>

#include "sw/format/memory_image_builder.h"
#include "sw/format/network_codec.h"

namespace airnn::test {

namespace {

constexpr int kPoolingLayer = -1;

std::int32_t random_weight(int bytes, std::mt19937_64& random) {
  const std::int64_t most = (std::int64_t{1} << (8 * bytes - 1)) - 1;
  return static_cast<std::int32_t>(
      std::uniform_int_distribution<std::int64_t>(-most - 1, most)(random));
}

void add_clusters(const RandomImageOptions& options, const Network& network,
                  std::mt19937_64& random, MemoryImageBuilder* builder) {
  const auto count = static_cast<std::size_t>(2 * options.iterations);
  std::vector<CrsCluster> clusters(count);
  // Some clusters get nothing at all, so that empty batches come up too.
  std::vector<std::size_t> used;
  for (std::size_t i = 0; i < count; ++i) {
    if (random() % 5 != 0) {
      used.push_back(i);
    }
  }
  for (std::uint32_t l = 0; l < network.layers.size() && !used.empty(); ++l) {
    const Layer& layer = network.layers[l];
    for (std::uint32_t row = 0; row < static_cast<std::uint32_t>(layer.kernels); ++row) {
      for (std::uint32_t column = 0; column < static_cast<std::uint32_t>(layer.columns); ++column) {
        if (random() % 100 < options.kept_percent) {
          const std::size_t cluster = used[random() % used.size()];
          clusters[cluster].append(
              {random_weight(options.widths.value_bytes, random), column, row, l});
        }
      }
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    builder->add_cluster(static_cast<std::uint16_t>(i / 2 + 1), static_cast<std::uint16_t>(i % 2),
                         clusters[i]);
  }
}

/// Some of the layers become convolutions: 2x2 windows, as a number of column has to fit a byte.
void make_convolutions(Network& network, std::mt19937_64& random) {
  for (Layer& layer : network.layers) {
    if (layer.has_weights() && random() % 2 == 0) {
      layer.kind = LayerKind::convolution;
      layer.window = {2, 2, 1, 1, 0, 0, 1, 1};
      layer.columns *= layer.window.area();
    }
  }
}

/// Some of the kernels in random order, in groups of kernels with equally many blocks.
KernelGroups random_groups(std::uint32_t kernels, InterleavePolicy policy, std::uint32_t blocks,
                           std::mt19937_64& random) {
  std::vector<std::uint32_t> left(kernels);
  std::iota(left.begin(), left.end(), 0U);
  std::shuffle(left.begin(), left.end(), random);
  left.resize(random() % kernels + 1);
  KernelGroups groups;
  while (!left.empty()) {
    const bool tags = policy == InterleavePolicy::position;
    const std::uint32_t share = tags ? 0 : std::max(1U, blocks >> random() % 3);
    const std::uint32_t most = tags ? kMaxGroupedKernels : blocks / share;
    KernelGroup group;
    const std::uint64_t size = random() % most + 1;
    for (std::uint32_t place = 0; place < size && !left.empty(); ++place) {
      group.push_back({left.back(), tags ? place : place * share, share});
      left.pop_back();
    }
    groups.push_back(group);
  }
  return groups;
}

void add_tables(const ImageInfo& info, const Network& network, std::mt19937_64& random,
                MemoryImageBuilder* builder) {
  std::vector<std::uint32_t> blocks;  // of each layer
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const bool split = info.policy != InterleavePolicy::position;
    blocks.push_back(split ? 1U << random() % 3 : 1U);
  }
  for (int i = 1; i <= info.iterations; ++i) {
    for (std::uint16_t l = 0; l < network.layers.size(); ++l) {
      const Layer& layer = network.layers[l];
      if (layer.kind == LayerKind::convolution && random() % 5 != 0) {
        const auto kernels = static_cast<std::uint32_t>(layer.kernels);
        builder->add_groups(l, static_cast<std::uint16_t>(i), blocks[l],
                            random_groups(kernels, info.policy, blocks[l], random));
      }
    }
  }
}

}  // namespace

Network chain_network(int inputs, const std::vector<int>& neurons, int weight_bits) {
  Network network;
  network.name = "chain";
  network.input = {inputs, 1, 1};
  network.input_format = {32, 16};
  network.preprocess.mean.assign(static_cast<std::size_t>(inputs), 0.0);
  network.preprocess.deviation.assign(static_cast<std::size_t>(inputs), 1.0);
  MapShape shape = network.input;
  for (const int count : neurons) {
    Layer layer;
    layer.name = "layer" + std::to_string(network.layers.size());
    layer.source = static_cast<std::int32_t>(network.layers.size()) - 1;
    layer.input = shape;
    layer.output_format = {32, 16};
    layer.clamp_low = layer.output_format.min_integer();
    layer.clamp_high = layer.output_format.max_integer();
    if (count == kPoolingLayer) {
      layer.kind = LayerKind::pooling;
      layer.pool = PoolKind::max;
    } else {
      layer.kind = LayerKind::fully_connected;
      layer.kernels = count;
      layer.columns = shape.size();
      layer.weight_format = {weight_bits, 4};
      shape = {count, 1, 1};
    }
    layer.result = layer.output = shape;
    network.layers.push_back(layer);
  }
  return network;
}

MemoryImage random_image(const RandomImageOptions& options, std::mt19937_64& random) {
  std::uniform_int_distribution<int> size(1, options.most_neurons);
  std::vector<int> neurons;
  for (int i = 0; i < options.layers; ++i) {
    neurons.push_back(random() % 5 == 0 ? kPoolingLayer : size(random));
  }
  Network network = chain_network(size(random), neurons, 8 * options.widths.value_bytes);
  ImageInfo info = {options.scheme, options.widths,
                    options.scheme == Scheme::base ? 1 : options.iterations};
  if (options.scheme == Scheme::interleaved) {
    make_convolutions(network, random);
    info.policy = static_cast<InterleavePolicy>(random() % 3);
  }
  MemoryImageBuilder builder(info);
  builder.add(SectionKind::network, kAllLayers, 0, 0, encode_network(network));
  for (std::uint16_t l = 0; l < network.layers.size(); ++l) {
    const Layer& layer = network.layers[l];
    if (!layer.has_weights()) {
      continue;
    }
    std::vector<std::int64_t> biases(static_cast<std::size_t>(layer.kernels));
    for (std::int64_t& bias : biases) {
      bias = static_cast<std::int64_t>(random());
    }
    builder.add_biases(l, biases);
    if (options.scheme == Scheme::base) {
      std::vector<std::int32_t> weights(static_cast<std::size_t>(layer.kernels * layer.columns));
      for (std::int32_t& weight : weights) {
        weight = random_weight(options.widths.value_bytes, random);
      }
      builder.add_dense_weights(l, weights);
    }
  }
  if (options.scheme != Scheme::base) {
    add_clusters(options, network, random, &builder);
  }
  if (options.scheme == Scheme::interleaved) {
    add_tables(info, network, random, &builder);
  }
  return MemoryImage::parse(builder.finish(), "random image");
}

}  // namespace airnn::test
