// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/image_builder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>

#include "sw/compiler/calibration_inputs.h"
#include "sw/compiler/elbow.h"
#include "sw/compiler/fixed_point.h"
#include "sw/compiler/formats.h"
#include "sw/compiler/layer_clusters.h"
#include "sw/compiler/layer_interleaving.h"
#include "sw/compiler/option_checks.h"
#include "sw/compiler/parallel_for.h"
#include "sw/compiler/range_analysis.h"
#include "sw/format/errors.h"
#include "sw/format/memory_image_builder.h"
#include "sw/format/network_check.h"
#include "sw/format/network_codec.h"

namespace airnn {

namespace {

constexpr std::size_t kSlots = 2;  // clusters of a batch

/// The values of one layer that belong to one cluster; nothing if `lowest` > `highest`.
struct ValueSpan {
  float lowest = 1;
  float highest = 0;
  std::size_t weights = 0;
};

/// One cluster of one batch over all layers, and where each layer begins in it.
struct BuiltCluster {
  CrsCluster arrays;
  std::vector<std::size_t> value_begin;
  std::vector<std::size_t> row_begin;
};

InterleaveReport interleave_report(const InterleavedIteration& found, std::uint32_t blocks,
                                   int index_bytes) {
  InterleaveReport report;
  report.blocks = blocks;
  for (const KernelGroup& group : found.groups) {
    report.kernels += static_cast<std::int64_t>(group.size());
  }
  report.groups = static_cast<std::int64_t>(found.groups.size());
  report.greedy = static_cast<std::int64_t>(found.greedy);
  report.best = static_cast<std::int64_t>(found.best);
  report.lower_bound = static_cast<std::int64_t>(found.lower_bound);
  report.kernel_bytes = report.kernels * index_bytes;
  report.group_bytes = report.kernels * index_bytes;
  report.block_bytes = report.kernels * 2;
  return report;
}

class ImageCompiler {
 public:
  ImageCompiler(const Model& model, const CompileOptions& options)
      : model_(model), options_(options), network_(model.network) {}

  CompileResult compile() {
    always_loaded_ = always_loaded_layers(options_, network_);
    check_options(options_, network_, always_loaded_);
    const int index = index_bytes(options_, network_);
    const std::vector<ClusterCount> counts = counts_per_layer(options_.clusters, network_);
    choose_network_formats();
    count_zeros();
    report_.scheme = options_.scheme;
    report_.renamed = model_.renamed;
    report_.widths = {options_.precision / 8, index};
    if (options_.scheme != Scheme::base) {
      cluster(counts);
    }
    if (options_.scheme == Scheme::interleaved) {
      report_.policy = options_.interleave.policy;
      interleave();
    }
    start_report();
    std::vector<std::uint8_t> image = build();
    check_limits(image.size());
    return {std::move(image), std::move(report_)};
  }

 private:
  template <typename Task>
  void for_each_weighted(const Task& task) const {
    for (std::size_t i = 0; i < network_.layers.size(); ++i) {
      if (network_.layers[i].has_weights()) {
        task(i);
      }
    }
  }

  void choose_network_formats() {
    network_.preprocess = complete_preprocess(options_.preprocess, network_.input);
    const ValueRange input = input_range(network_.preprocess, options_.calibration);
    const std::vector<ValueRange> ranges =
        analyse_ranges(model_, network_.preprocess, input, options_.calibration, options_.threads);
    choose_formats(model_, input, ranges, options_.precision, network_);
  }

  /// What a reader of images refuses is not written.
  void check_limits(std::size_t image_bytes) const {
    try {
      check_network(network_);
      check_claims(network_, report_.iterations, image_bytes);
    } catch (const ImageError& error) {
      throw ModelError(std::string("the network cannot be an image: ") + error.what());
    }
  }

  double scale(std::size_t layer) const {
    return scale_of(network_.layers[layer].weight_format.fraction_bits);
  }

  void count_zeros() {
    for_each_weighted([&](std::size_t i) {
      Layer& layer = network_.layers[i];
      const std::vector<float>& weights = model_.parameters[i].weights;
      layer.zeros = std::count_if(weights.begin(), weights.end(), [s = scale(i)](float weight) {
        return quantise(weight, s) == 0;
      });
      layer.weights = static_cast<std::int64_t>(weights.size()) - layer.zeros;
      report_.weights += layer.weights;
    });
  }

  void cluster(const std::vector<ClusterCount>& counts) {
    ClusteringOptions clustering;
    clustering.counts = counts;
    clustering.init = options_.init;
    clustering.seed = options_.seed;
    clustering.threads = options_.threads;
    for (std::size_t i = 0; i < network_.layers.size(); ++i) {
      clustering.clustered.push_back(network_.layers[i].has_weights() && !always_loaded_[i]);
    }
    clusters_ = cluster_layers(network_, model_.parameters, clustering);
    batches_.resize(network_.layers.size());
    for_each_weighted([&](std::size_t i) {
      std::vector<double> means;
      for (const Cluster& found : clusters_.layers[i].clustering.clusters) {
        means.push_back(found.mean);
      }
      batches_[i] = order_batches(means, options_.order);
      network_.layers[i].clusters = static_cast<std::int32_t>(means.size());
      report_.iterations = std::max(report_.iterations, static_cast<int>(batches_[i].size()));
    });
    report_.average_curve = clusters_.average_curve;
    report_.network_elbow = clusters_.network_elbow;
  }

  void interleave() {
    interleaving_.resize(network_.layers.size());
    parallel_for(network_.layers.size(), options_.threads, [&](std::size_t i) {
      if (can_be_interleaved(network_.layers[i])) {
        interleaving_[i] = interleave_layer(network_.layers[i], arrivals(i), report_.iterations,
                                            options_.interleave);
      }
    });
  }

  /// In which iteration each weight of a layer is fetched, as far as interleaving needs to know.
  KernelArrivals arrivals(std::size_t i) const {
    const int last =
        std::min(report_.iterations, std::max(options_.interleave.iterations, kSparseIterations));
    const auto columns = static_cast<std::size_t>(network_.layers[i].columns);
    KernelArrivals kernels(static_cast<std::size_t>(network_.layers[i].kernels));
    std::vector<std::pair<ValueSpan, int>> spans;
    for (int iteration = 1; iteration <= last; ++iteration) {
      for (std::size_t slot = 0; slot < kSlots; ++slot) {
        spans.emplace_back(span(i, iteration, slot), iteration);
      }
    }
    const std::vector<float>& weights = model_.parameters[i].weights;
    for (std::size_t w = 0; w < weights.size(); ++w) {
      const auto found = std::find_if(spans.begin(), spans.end(), [&](const auto& candidate) {
        return weights[w] >= candidate.first.lowest && weights[w] <= candidate.first.highest;
      });
      if (found != spans.end() && quantise(weights[w], scale(i)) != 0) {
        kernels[w / columns].push_back(
            {static_cast<std::uint32_t>(w % columns), static_cast<std::uint32_t>(found->second)});
      }
    }
    return kernels;
  }

  void start_report() {
    for_each_weighted([&](std::size_t i) {
      LayerReport report;
      report.name = network_.layers[i].name;
      report.always_loaded = always_loaded_[i];
      report.kernels = network_.layers[i].kernels;
      report.weights = network_.layers[i].weights;
      report.zeros = network_.layers[i].zeros;
      if (options_.scheme != Scheme::base) {
        const LayerClusters& found = clusters_.layers[i];
        report.clusters = found.clustering.clusters;
        report.squares = found.clustering.squares();
        report.curve = found.curve;
        report.elbow = found.curve.empty() ? 0 : elbow(found.curve);
      }
      report.batches.resize(static_cast<std::size_t>(report_.iterations));
      report_.layers.push_back(std::move(report));
    });
  }

  std::vector<std::uint8_t> build() {
    MemoryImageBuilder builder(
        {options_.scheme, report_.widths, report_.iterations, report_.policy});
    builder.add(SectionKind::network, kAllLayers, 0, 0, encode_network(network_));
    for_each_weighted([&](std::size_t i) {
      builder.add_biases(static_cast<std::uint16_t>(i),
                         integer_biases(network_, i, model_.parameters[i]));
    });
    if (options_.scheme == Scheme::base) {
      add_dense(builder);
    } else {
      add_clusters(builder);
    }
    return builder.finish();
  }

  void add_dense(MemoryImageBuilder& builder) {
    std::size_t entry = 0;
    for_each_weighted([&](std::size_t i) {
      const std::vector<float>& weights = model_.parameters[i].weights;
      std::vector<std::int32_t> integers(weights.size());
      std::vector<bool> used(static_cast<std::size_t>(network_.layers[i].kernels), false);
      const auto columns = static_cast<std::size_t>(network_.layers[i].columns);
      for (std::size_t w = 0; w < weights.size(); ++w) {
        integers[w] = static_cast<std::int32_t>(quantise(weights[w], scale(i)));
        if (integers[w] != 0) {
          used[w / columns] = true;
        }
      }
      BatchReport& report = report_.layers[entry++].batches.front();
      report.weights = network_.layers[i].weights;
      report.fraction = 1;
      report.value_bytes = static_cast<std::int64_t>(weights.size()) * report_.widths.value_bytes;
      report.nonzero_kernels = std::count(used.begin(), used.end(), true);
      builder.add_dense_weights(static_cast<std::uint16_t>(i), integers);
    });
    report_.cumulative_fraction = {1.0};
  }

  void add_clusters(MemoryImageBuilder& builder) {
    std::vector<std::vector<bool>> used(network_.layers.size());
    for_each_weighted([&](std::size_t i) {
      used[i].assign(static_cast<std::size_t>(network_.layers[i].kernels), false);
    });
    std::int64_t loaded = 0;
    for (int iteration = 1; iteration <= report_.iterations; ++iteration) {
      std::array<BuiltCluster, kSlots> built;
      parallel_for(kSlots, options_.threads,
                   [&](std::size_t slot) { built[slot] = build_cluster(iteration, slot); });
      for (std::size_t slot = 0; slot < kSlots; ++slot) {
        report_cluster(iteration, built[slot], used);
        loaded += static_cast<std::int64_t>(built[slot].arrays.value.size());
        builder.add_cluster(static_cast<std::uint16_t>(iteration), static_cast<std::uint16_t>(slot),
                            built[slot].arrays);
        built[slot] = {};
      }
      add_groups(builder, iteration);
      report_.cumulative_fraction.push_back(report_.weights == 0
                                                ? 1.0
                                                : static_cast<double>(loaded) /
                                                      static_cast<double>(report_.weights));
    }
  }

  /// The tables of all layers that are interleaved in this iteration.
  void add_groups(MemoryImageBuilder& builder, int iteration) {
    const auto place = static_cast<std::size_t>(iteration - 1);
    std::size_t entry = 0;
    for_each_weighted([&](std::size_t i) {
      BatchReport& report = report_.layers[entry++].batches[place];
      if (interleaving_.empty() || place >= interleaving_[i].iterations.size() ||
          interleaving_[i].iterations[place].groups.empty()) {
        return;
      }
      const InterleavedIteration& found = interleaving_[i].iterations[place];
      builder.add_groups(static_cast<std::uint16_t>(i), static_cast<std::uint16_t>(iteration),
                         interleaving_[i].blocks, found.groups);
      report.interleaving =
          interleave_report(found, interleaving_[i].blocks, report_.widths.index_bytes);
    });
  }

  /// Which values of a layer come in this place of the image.
  ValueSpan span(std::size_t layer, int iteration, std::size_t slot) const {
    if (always_loaded_[layer]) {
      const bool here = iteration == 1 && slot == 0;
      return here ? ValueSpan{std::numeric_limits<float>::lowest(),
                              std::numeric_limits<float>::max(),
                              static_cast<std::size_t>(network_.layers[layer].weights)}
                  : ValueSpan{};
    }
    const auto batch = static_cast<std::size_t>(iteration - 1);
    if (batch >= batches_[layer].size()) {
      return {};
    }
    const int k = slot == 0 ? batches_[layer][batch].first : batches_[layer][batch].second;
    if (k == kNoCluster) {
      return {};
    }
    const Cluster& of = clusters_.layers[layer].clustering.clusters[static_cast<std::size_t>(k)];
    return {of.lowest, of.highest, of.weights};
  }

  BuiltCluster build_cluster(int iteration, std::size_t slot) const {
    BuiltCluster built;
    std::size_t weights = 0;
    for_each_weighted([&](std::size_t i) { weights += span(i, iteration, slot).weights; });
    built.arrays.value.reserve(weights);
    built.arrays.column.reserve(weights);
    for_each_weighted([&](std::size_t i) {
      built.value_begin.push_back(built.arrays.value.size());
      built.row_begin.push_back(built.arrays.row.size());
      append_layer(i, span(i, iteration, slot), built.arrays);
    });
    built.value_begin.push_back(built.arrays.value.size());
    built.row_begin.push_back(built.arrays.row.size());
    return built;
  }

  void append_layer(std::size_t i, const ValueSpan& span, CrsCluster& arrays) const {
    const Layer& layer = network_.layers[i];
    if (span.weights == 0) {
      return;
    }
    const double s = scale(i);
    const float* weight = model_.parameters[i].weights.data();
    const auto rows = static_cast<std::uint32_t>(layer.kernels);
    const auto columns = static_cast<std::uint32_t>(layer.columns);
    for (std::uint32_t row = 0; row < rows; ++row) {
      for (std::uint32_t column = 0; column < columns; ++column, ++weight) {
        if (*weight < span.lowest || *weight > span.highest) {
          continue;
        }
        const auto value = static_cast<std::int32_t>(quantise(*weight, s));
        if (value != 0) {
          arrays.append({value, column, row, static_cast<std::uint32_t>(i)});
        }
      }
    }
  }

  void report_cluster(int iteration, const BuiltCluster& built,
                      std::vector<std::vector<bool>>& used) {
    std::size_t entry = 0;
    const CrsWidths& widths = report_.widths;
    for_each_weighted([&](std::size_t i) {
      const std::size_t weights = built.value_begin[entry + 1] - built.value_begin[entry];
      const std::size_t rows = built.row_begin[entry + 1] - built.row_begin[entry];
      for (std::size_t r = 0; r < rows; ++r) {
        used[i][built.arrays.row[built.row_begin[entry] + r].row] = true;
      }
      BatchReport& report = report_.layers[entry].batches[static_cast<std::size_t>(iteration - 1)];
      const auto count = static_cast<std::int64_t>(weights);
      report.weights += count;
      report.value_bytes += count * widths.value_bytes;
      report.column_bytes += count * widths.index_bytes;
      report.row_bytes += static_cast<std::int64_t>(rows) * widths.row_entry_bytes();
      report.layer_bytes += rows > 0 ? widths.layer_entry_bytes() : 0;
      report.nonzero_kernels = std::count(used[i].begin(), used[i].end(), true);
      const std::int64_t stored = report_.layers[entry].weights;
      report.fraction =
          stored == 0 ? 0.0 : static_cast<double>(report.weights) / static_cast<double>(stored);
      ++entry;
    });
  }

  const Model& model_;
  const CompileOptions& options_;
  Network network_;
  std::vector<bool> always_loaded_;
  NetworkClusters clusters_;
  std::vector<std::vector<Batch>> batches_;
  std::vector<LayerInterleaving> interleaving_;  // scheme interleaved: one per layer
  CompileReport report_;
};

}  // namespace

CompileResult compile(const Model& model, const CompileOptions& options) {
  return ImageCompiler(model, options).compile();
}

}  // namespace airnn
