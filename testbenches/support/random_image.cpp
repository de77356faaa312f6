// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/random_image.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "sw/compiler/layer_interleaving.h"
#include "sw/format/memory_image_builder.h"

namespace airnn::test {

namespace {

constexpr int kPoolingLayer = -1;

/// Of a sign, and never zero.
std::int32_t random_weight(int bytes, bool negative, std::mt19937_64& random) {
  const std::int64_t most = (std::int64_t{1} << (8 * bytes - 1)) - 1;
  const std::int64_t value = std::uniform_int_distribution<std::int64_t>(1, most)(random);
  return static_cast<std::int32_t>(negative ? -value : value);
}

/// The dense weights of one layer, a third of them zero.
std::vector<std::int32_t> random_matrix(const Layer& layer, int bytes, std::mt19937_64& random) {
  std::vector<std::int32_t> weights(static_cast<std::size_t>(layer.kernels * layer.columns));
  for (std::int32_t& weight : weights) {
    weight = random() % 3 == 0 ? 0 : random_weight(bytes, random() % 2 == 0, random);
  }
  return weights;
}

/// In which cluster each weight of a layer is (kNotStored: it is a zero): every cluster has one,
/// and so many that the last of them is in the last iteration if the weights suffice.
constexpr int kNotStored = -1;
std::vector<int> random_places(const RandomImageOptions& options, Layer& layer,
                               std::mt19937_64& random) {
  std::vector<int> places(static_cast<std::size_t>(layer.kernels * layer.columns), kNotStored);
  std::vector<std::size_t> stored;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (random() % 100 < options.kept_percent) {
      stored.push_back(i);
    }
  }
  layer.weights = static_cast<std::int64_t>(stored.size());
  layer.zeros = static_cast<std::int64_t>(places.size() - stored.size());
  const bool clustered = random() % 5 != 0;
  const auto most = static_cast<std::size_t>(2 * options.iterations) - random() % 2;
  const std::size_t clusters = clustered ? std::min(stored.size(), most) : 0;
  layer.clusters = static_cast<std::int32_t>(clusters);
  std::shuffle(stored.begin(), stored.end(), random);
  for (std::size_t i = 0; i < stored.size(); ++i) {
    const std::size_t place = i < clusters || clusters == 0 ? i : random();
    places[stored[i]] = clusters == 0 ? 0 : static_cast<int>(place % clusters);
  }
  return places;
}

/// Cluster 0 of a batch has the positive weights, cluster 1 the negative ones.
std::vector<CrsCluster> random_clusters(const RandomImageOptions& options, Network& network,
                                        std::mt19937_64& random) {
  std::vector<CrsCluster> clusters(static_cast<std::size_t>(2 * options.iterations));
  for (std::uint32_t l = 0; l < network.layers.size(); ++l) {
    const std::vector<int> places = random_places(options, network.layers[l], random);
    const auto columns = static_cast<std::size_t>(network.layers[l].columns);
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (places[i] != kNotStored) {
        clusters[static_cast<std::size_t>(places[i])].append(
            {random_weight(options.widths.value_bytes, places[i] % 2 == 1, random),
             static_cast<std::uint32_t>(i % columns), static_cast<std::uint32_t>(i / columns), l});
      }
    }
  }
  return clusters;
}

/// Every weight becomes one of few with its sign. Returns the centres of each layer.
std::map<std::uint16_t, std::vector<std::int32_t>> bin_weights(
    const RandomImageOptions& options, const Network& network,
    std::map<std::uint16_t, std::vector<std::int32_t>>& matrices, std::vector<CrsCluster>& clusters,
    std::mt19937_64& random) {
  std::map<std::uint16_t, std::vector<std::int32_t>> codebooks;
  std::vector<std::array<std::vector<std::int32_t>, 2>> of_sign(network.layers.size());
  for (std::uint16_t l = 0; l < network.layers.size(); ++l) {
    if (!network.layers[l].has_weights()) {
      continue;
    }
    std::set<std::int32_t> centres{0};
    for (const bool negative : {false, true}) {
      for (int bin = 0; bin < options.bins; ++bin) {
        of_sign[l][negative ? 1 : 0].push_back(
            random_weight(options.widths.value_bytes, negative, random));
        centres.insert(of_sign[l][negative ? 1 : 0].back());
      }
    }
    codebooks[l] = {centres.begin(), centres.end()};
  }
  const auto binned = [&](std::size_t layer, std::int32_t weight) {
    const std::vector<std::int32_t>& centres = of_sign[layer][weight < 0 ? 1 : 0];
    return weight == 0 ? 0 : centres[random() % centres.size()];
  };
  for (auto& [layer, matrix] : matrices) {
    for (std::int32_t& weight : matrix) {
      weight = binned(layer, weight);
    }
  }
  for (CrsCluster& cluster : clusters) {
    CrsCluster found;
    for (CrsWeight weight : cluster.weights()) {
      weight.value = binned(weight.layer, weight.value);
      found.append(weight);
    }
    cluster = found;
  }
  return codebooks;
}

/// Lines of so many weights, none of which begins with a zero.
std::vector<LineSegment> random_segments(std::uint64_t weights, std::size_t longest,
                                         const CrsWidths& widths, std::mt19937_64& random) {
  const std::int64_t most = (std::int64_t{1} << (line_bits(widths) - 1)) - 1;
  std::uniform_int_distribution<std::int64_t> any(-most - 1, most);
  const std::uint64_t usual = 1 + random() % longest;
  std::vector<LineSegment> segments;
  for (std::uint64_t left = weights; left > 0; left -= segments.back().length) {
    LineSegment segment;
    segment.length = static_cast<std::uint32_t>(1 + random() % std::min(left, usual));
    segment.slope = static_cast<std::int32_t>(random() % 3 == 0 ? any(random) : any(random) % 60);
    while (segment.start == 0) {
      segment.start = static_cast<std::int32_t>(any(random));
    }
    segments.push_back(segment);
  }
  return segments;
}

/// What lies in the place of weights.
struct RandomLines {
  std::map<std::uint16_t, std::vector<LineSegment>> matrices;
  std::vector<std::vector<LineSegment>> clusters;
};

/// Weights become those of random lines, and layers count them so.
RandomLines lay_lines(const CrsWidths& widths, Network& network,
                      std::map<std::uint16_t, std::vector<std::int32_t>>& matrices,
                      std::vector<CrsCluster>& clusters, std::mt19937_64& random) {
  RandomLines lines;
  for (auto& [l, matrix] : matrices) {
    if (!lines.matrices.empty() && random() % 3 == 0) {
      continue;  // plain
    }
    lines.matrices[l] = random_segments(matrix.size(), kLongestSegment, widths, random);
    matrix = line_weights(lines.matrices[l], widths);
    network.layers[l].zeros = std::count(matrix.begin(), matrix.end(), 0);
    network.layers[l].weights = static_cast<std::int64_t>(matrix.size()) - network.layers[l].zeros;
  }
  for (CrsCluster& cluster : clusters) {
    lines.clusters.emplace_back();
    std::vector<std::int32_t> values;
    const std::vector<CrsWeight> weights = cluster.weights();
    for (std::size_t begin = 0, end = 0; begin < weights.size(); begin = end) {
      while (end < weights.size() && weights[end].layer == weights[begin].layer) {
        ++end;
      }
      const std::vector<LineSegment> found =
          random_segments(end - begin, kLongestClusterSegment, widths, random);
      lines.clusters.back().insert(lines.clusters.back().end(), found.begin(), found.end());
      for (const std::int32_t value : line_weights(found, widths)) {
        values.push_back(value);
        network.layers[weights[begin].layer].weights -= value == 0 ? 1 : 0;
        network.layers[weights[begin].layer].zeros += value == 0 ? 1 : 0;
      }
    }
    cluster.value = values;
  }
  return lines;
}

int iterations_of(const Network& network) {
  std::int32_t clusters = 1;
  for (const Layer& layer : network.layers) {
    clusters = std::max(clusters, layer.clusters);
  }
  return (clusters + 1) / 2;
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

/// Groups of every layer that can have some, as the compiler makes them.
std::map<std::uint16_t, LayerInterleaving> random_groups(const ImageInfo& info,
                                                         const Network& network,
                                                         const std::vector<CrsCluster>& clusters,
                                                         std::mt19937_64& random) {
  std::map<std::uint16_t, KernelArrivals> arrivals;
  for (std::size_t c = 0; c < clusters.size(); ++c) {
    for (const CrsWeight& weight : clusters[c].weights()) {
      const auto layer = static_cast<std::uint16_t>(weight.layer);
      if (can_be_interleaved(network.layers[layer])) {
        KernelArrivals& kernels = arrivals[layer];
        kernels.resize(static_cast<std::size_t>(network.layers[layer].kernels));
        kernels[weight.row].push_back({weight.column, static_cast<std::uint32_t>(c / 2 + 1)});
      }
    }
  }
  for (auto& [layer, kernels] : arrivals) {
    for (std::vector<ArrivingWeight>& kernel : kernels) {
      std::sort(kernel.begin(), kernel.end(), [](const ArrivingWeight& a, const ArrivingWeight& b) {
        return a.column < b.column;
      });
    }
  }
  InterleaveOptions options;
  options.policy = info.policy;
  options.iterations = static_cast<int>(random() % static_cast<unsigned>(info.iterations)) + 1;
  std::map<std::uint16_t, LayerInterleaving> groups;
  for (const auto& [layer, kernels] : arrivals) {
    options.blocks = 1 << random() % 3;
    groups[layer] = interleave_layer(network.layers[layer], kernels, info.iterations, options);
  }
  return groups;
}

void add_batches(const ImageInfo& info, const std::vector<CrsCluster>& clusters,
                 const std::vector<std::vector<LineSegment>>& lines,
                 const std::map<std::uint16_t, LayerInterleaving>& groups,
                 MemoryImageBuilder* builder) {
  for (std::uint16_t i = 1; i <= info.iterations; ++i) {
    for (std::uint16_t c = 0; c < 2; ++c) {
      const std::size_t place = 2 * (i - std::size_t{1}) + c;
      if (lines.empty()) {
        builder->add_cluster(i, c, clusters[place]);
      } else if (!lines[place].empty()) {
        builder->add_arrays(
            line_cluster_encoding(), kAllLayers, i, c,
            line_cluster_encoding().encode(clusters[place], lines[place], info.widths));
      }
    }
    for (const auto& [layer, found] : groups) {
      if (i <= found.iterations.size()) {
        builder->add_groups(layer, i, found.blocks, found.iterations[i - std::size_t{1}].groups);
      }
    }
  }
}

}  // namespace

Network chain_network(int inputs, const std::vector<int>& neurons, int weight_bits) {
  Network network;
  network.name = "chain";
  network.input = {inputs, 1, 1};
  network.input_format = {8, 4};
  network.preprocess.mean.assign(static_cast<std::size_t>(inputs), 0.0);
  network.preprocess.deviation.assign(static_cast<std::size_t>(inputs), 1.0);
  MapShape shape = network.input;
  for (const int count : neurons) {
    Layer layer;
    layer.name = "layer" + std::to_string(network.layers.size());
    layer.source = static_cast<std::int32_t>(network.layers.size()) - 1;
    layer.input = shape;
    layer.output_format = {8, 4};  // no sum of 32-bit weights overflows
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

std::vector<MatchRow> random_match_rows(const std::vector<std::int32_t>& centres, std::size_t count,
                                        int weight_bytes, std::mt19937_64& random) {
  std::vector<MatchRow> rows;
  // No sum may overflow, so operands of the widest weights have but a part of their bits.
  const int bits = weight_bytes == 2 ? 15 : 20;
  const std::int64_t most = (std::int64_t{1} << bits) - 1;
  std::uniform_int_distribution<std::int64_t> any(-most - 1, most);
  for (std::size_t attempt = 0; attempt < 4 * count && rows.size() < count; ++attempt) {
    MatchRow row;
    row.bin = static_cast<std::uint8_t>(random() % centres.size());
    // Activations are small: what is far from zero is met by rows of many free bits only.
    row.value = static_cast<std::int32_t>(random() % 4 == 0 ? any(random) : any(random) % 130);
    row.free_bits = static_cast<std::uint8_t>(
        random() % (random() % 4 == 0 ? static_cast<unsigned>(bits) : 6U));
    row.product = std::int64_t{centres[row.bin]} * row.operand();
    const bool overlaps = std::any_of(rows.begin(), rows.end(), [&](const MatchRow& other) {
      return other.bin == row.bin && other.lowest() <= row.highest() &&
             row.lowest() <= other.highest();
    });
    if (!overlaps) {
      rows.push_back(row);
    }
  }
  rows.resize(count);
  return rows;
}

MemoryImage random_image(const RandomImageOptions& options, std::mt19937_64& random) {
  std::uniform_int_distribution<int> size(1, options.most_neurons);
  std::vector<int> neurons;
  for (int i = 0; i < options.layers; ++i) {
    neurons.push_back(random() % 5 == 0 ? kPoolingLayer : size(random));
  }
  Network network = chain_network(size(random), neurons, 8 * options.widths.value_bytes);
  ImageInfo info = {options.scheme, options.widths, 1};
  std::vector<CrsCluster> clusters;
  std::map<std::uint16_t, LayerInterleaving> groups;
  std::map<std::uint16_t, std::vector<std::int32_t>> matrices;
  if (options.scheme == Scheme::interleaved) {
    make_convolutions(network, random);
    info.policy = static_cast<InterleavePolicy>(random() % 3);
  }
  if (options.scheme == Scheme::base) {
    for (std::uint16_t l = 0; l < network.layers.size(); ++l) {
      Layer& layer = network.layers[l];
      if (layer.has_weights()) {
        matrices[l] = random_matrix(layer, options.widths.value_bytes, random);
        layer.zeros = std::count(matrices[l].begin(), matrices[l].end(), 0);
        layer.weights = layer.kernels * layer.columns - layer.zeros;
      }
    }
  } else {
    clusters = random_clusters(options, network, random);
    info.iterations = iterations_of(network);
  }
  if (options.scheme == Scheme::interleaved) {
    groups = random_groups(info, network, clusters, random);
  }
  std::map<std::uint16_t, std::vector<std::int32_t>> codebooks;
  if (options.bins > 0) {
    codebooks = bin_weights(options, network, matrices, clusters, random);
  }
  RandomLines lines;
  const bool has_weights = std::any_of(network.layers.begin(), network.layers.end(),
                                       [](const Layer& layer) { return layer.has_weights(); });
  if (options.lines && has_weights) {
    lines = lay_lines(options.widths, network, matrices, clusters, random);
    info.encoding = kLineEncoding;
  }
  MemoryImageBuilder builder(info);
  builder.add_network(network);
  for (std::uint16_t l = 0; l < network.layers.size(); ++l) {
    if (network.layers[l].has_weights()) {
      std::vector<std::int64_t> biases(static_cast<std::size_t>(network.layers[l].kernels));
      for (std::int64_t& bias : biases) {
        bias = static_cast<std::int64_t>(random()) / 4;
      }
      builder.add_biases(l, biases);
      if (options.bins > 0) {
        builder.add_codebook(l, codebooks[l]);
      }
      if (options.match_rows > 0) {
        builder.add_match_rows(l, random_match_rows(codebooks[l], options.match_rows,
                                                    options.widths.value_bytes, random));
      }
    }
  }
  for (const auto& [l, weights] : matrices) {
    if (lines.matrices.count(l) > 0) {
      builder.add_arrays(line_matrix_encoding(), l, 0, 0,
                         {segment_array(lines.matrices[l], options.widths)});
    } else {
      builder.add_dense_weights(l, weights);
    }
  }
  if (options.scheme != Scheme::base) {
    add_batches(info, clusters, lines.clusters, groups, &builder);
  }
  return MemoryImage::parse(builder.finish(), "random image");
}

}  // namespace airnn::test
