// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/format/sample_image.h"

#include <algorithm>
#include <set>

#include "sw/format/errors.h"
#include "sw/format/memory_image_builder.h"

namespace airnn {
namespace {

Layer make_layer(const char* name, LayerKind kind, std::int32_t source, MapShape in, MapShape out) {
  Layer layer;
  layer.name = name;
  layer.kind = kind;
  layer.source = source;
  layer.input = in;
  layer.result = out;
  layer.output = out;
  layer.output_format = {32, 20};
  layer.clamp_low = layer.output_format.min_integer();
  layer.clamp_high = layer.output_format.max_integer();
  return layer;
}

void give_weights(Layer& layer, std::int32_t kernels, std::int64_t columns) {
  layer.kernels = kernels;
  layer.columns = columns;
  layer.weight_format = {32, 24};
}

/// What the layers say of their weights.
void count_weights(Network& network, Scheme scheme) {
  const std::vector<CrsCluster> clusters = sample_clusters();
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    Layer& layer = network.layers[l];
    layer.weights = scheme == Scheme::base ? layer.kernels * layer.columns : 0;
    for (std::size_t c = 0; c < clusters.size() && scheme != Scheme::base; ++c) {
      const std::vector<CrsWeight> all = clusters[c].weights();
      const auto here = std::count_if(all.begin(), all.end(),
                                      [l](const CrsWeight& weight) { return weight.layer == l; });
      layer.weights += here;
      layer.clusters += here > 0 ? 1 : 0;
    }
    layer.zeros = layer.kernels * layer.columns - layer.weights;
  }
}

}  // namespace

Network sample_network(Scheme scheme) {
  Network network;
  network.name = "sample";
  network.input = {1, 6, 6};
  network.input_format = {32, 24};
  network.preprocess.mean = {0.5};
  network.preprocess.deviation = {0.25};
  network.has_softmax = true;

  Layer conv = make_layer("conv", LayerKind::convolution, kNetworkInput, {1, 6, 6}, {2, 4, 4});
  conv.window.kernel_h = conv.window.kernel_w = 3;
  conv.activation = Activation::relu;
  conv.clamp_low = 0;
  conv.pool = PoolKind::max;
  conv.pool_window.kernel_h = conv.pool_window.kernel_w = 2;
  conv.pool_window.stride_h = conv.pool_window.stride_w = 2;
  conv.output = {2, 2, 2};
  give_weights(conv, 2, 9);

  Layer depthwise = make_layer("depthwise", LayerKind::depthwise, 0, {2, 2, 2}, {2, 2, 2});
  depthwise.window.kernel_h = depthwise.window.kernel_w = 3;
  depthwise.window.pad_top = depthwise.window.pad_left = 1;
  depthwise.window.pad_bottom = depthwise.window.pad_right = 1;
  depthwise.groups = 2;
  give_weights(depthwise, 2, 9);

  Layer addition = make_layer("add", LayerKind::addition, 1, {2, 2, 2}, {2, 2, 2});
  addition.skip = 0;

  Layer pooling = make_layer("pool", LayerKind::pooling, 2, {2, 2, 2}, {2, 1, 1});
  pooling.pool = PoolKind::average;
  pooling.pool_window.kernel_h = pooling.pool_window.kernel_w = 2;

  Layer fc = make_layer("fc", LayerKind::fully_connected, 3, {2, 1, 1}, {3, 1, 1});
  give_weights(fc, 3, 2);

  network.layers = {conv, depthwise, addition, pooling, fc};
  count_weights(network, scheme);
  return network;
}

std::vector<CrsCluster> sample_clusters() {
  std::vector<CrsCluster> clusters(4);
  clusters[0].append({100, 0, 0, 0});
  clusters[0].append({101, 8, 0, 0});
  clusters[0].append({102, 3, 1, 0});
  clusters[0].append({104, 4, 1, 1});
  clusters[0].append({103, 1, 2, 4});
  clusters[1].append({-100, 0, 2, 4});
  clusters[2].append({50, 0, 0, 4});
  clusters[2].append({51, 1, 0, 4});
  return clusters;
}

namespace {

/// Every weight that the layer has, and zero.
std::vector<std::int32_t> sample_centres(Scheme scheme, std::uint16_t layer) {
  std::set<std::int32_t> centres{0};
  if (scheme == Scheme::base) {
    centres.insert(-layer - 1);
  }
  for (const CrsCluster& cluster : sample_clusters()) {
    for (const CrsWeight& weight : cluster.weights()) {
      if (weight.layer == layer) {
        centres.insert(weight.value);
      }
    }
  }
  return {centres.begin(), centres.end()};
}

std::vector<std::uint8_t> made_image(Scheme scheme, int value_bytes, bool has_bins, bool has_rows) {
  Network network = sample_network(scheme);
  MemoryImageBuilder builder({scheme, {value_bytes, 2}, scheme == Scheme::base ? 1 : 2});
  for (Layer& layer : network.layers) {
    layer.weight_format.bits = 8 * value_bytes;
  }
  builder.add_network(network);
  const auto for_each_weighted = [&](const auto& task) {
    for (std::uint16_t l = 0; l < network.layers.size(); ++l) {
      if (network.layers[l].has_weights()) {
        task(l, network.layers[l]);
      }
    }
  };
  for_each_weighted([&](std::uint16_t l, const Layer& layer) {
    builder.add_biases(l, std::vector<std::int64_t>(static_cast<std::size_t>(layer.kernels), -7));
    const std::vector<std::int32_t> centres = sample_centres(scheme, l);
    if (has_bins) {
      builder.add_codebook(l, centres);
    }
    if (has_rows) {
      builder.add_match_rows(l, {{0, 1, 5, std::int64_t{centres[0]} * 5},
                                 {0, 0, 6, std::int64_t{centres[0]} * 6},
                                 {1, 3, -8, std::int64_t{centres[1]} * -4},
                                 {}});
    }
  });
  if (scheme == Scheme::base) {
    for_each_weighted([&](std::uint16_t l, const Layer& layer) {
      const auto weights = static_cast<std::size_t>(layer.kernels * layer.columns);
      builder.add_dense_weights(l, std::vector<std::int32_t>(weights, -l - 1));
    });
    return builder.finish();
  }
  const std::vector<CrsCluster> clusters = sample_clusters();
  for (std::uint16_t i = 0; i < clusters.size(); ++i) {
    const auto iteration = static_cast<std::uint16_t>(i / 2 + 1);
    builder.add_cluster(iteration, i % 2, clusters[i]);
    if (scheme == Scheme::interleaved && i % 2 == 1) {
      builder.add_groups(0, iteration, 2, {{{0, 0, 1}, {1, 1, 1}}});
    }
  }
  return builder.finish();
}

}  // namespace

std::vector<std::uint8_t> sample_image(Scheme scheme, int value_bytes) {
  return made_image(scheme, value_bytes, false, false);
}

std::vector<std::uint8_t> binned_sample(Scheme scheme, int weight_bytes, bool has_rows) {
  return made_image(scheme, weight_bytes, true, has_rows);
}

std::string refusal_of_image(const std::vector<std::uint8_t>& bytes) {
  try {
    MemoryImage::parse(bytes, "a.airnn");
  } catch (const ImageError& error) {
    return error.what();
  }
  return "<accepted>";
}

std::size_t section_count(const std::vector<std::uint8_t>& bytes) {
  return static_cast<std::size_t>(load_little_endian(&bytes[24], 4));
}

std::uint8_t* table_entry(std::vector<std::uint8_t>& bytes, std::size_t index) {
  return &bytes[kHeaderSize + index * kTableEntrySize];
}

void renew_checksums(std::vector<std::uint8_t>& bytes) {
  const std::size_t sections = section_count(bytes);
  for (std::size_t i = 0; i < sections; ++i) {
    std::uint8_t* entry = table_entry(bytes, i);
    const std::uint64_t offset = load_little_endian(entry + 8, 8);
    const std::uint64_t size = load_little_endian(entry + 16, 8);
    if (offset <= bytes.size() && size <= bytes.size() - offset) {
      store_little_endian(entry + 24, crc32c({bytes.data() + offset, size}), 4);
    }
  }
  const ByteView table{bytes.data() + kHeaderSize, sections * kTableEntrySize};
  store_little_endian(&bytes[36], crc32c(table), 4);
  store_little_endian(&bytes[60], crc32c({bytes.data(), 60}), 4);
}

}  // namespace airnn
