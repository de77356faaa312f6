// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/batch_reports.h"

#include <algorithm>

#include "sw/compiler/weighted_layers.h"
#include "sw/format/encoding/line_segment.h"

namespace airnn {

BatchReports::BatchReports(const Network& network, const CrsWidths& widths, int iterations)
    : widths_(widths), iterations_(static_cast<std::size_t>(iterations)) {
  for (const std::size_t i : weighted_layers(network)) {
    layers_.push_back(network.layers[i]);
    reports_.emplace_back(iterations_);
    used_.emplace_back(static_cast<std::size_t>(network.layers[i].kernels), false);
  }
}

BatchReport& BatchReports::report(std::size_t entry, int iteration) {
  return reports_[entry][static_cast<std::size_t>(iteration - 1)];
}

void BatchReports::add_dense(std::size_t entry, const std::vector<std::int32_t>& weights) {
  const auto columns = static_cast<std::size_t>(layers_[entry].columns);
  std::vector<bool>& used = used_[entry];
  for (std::size_t w = 0; w < weights.size(); ++w) {
    if (weights[w] != 0) {
      used[w / columns] = true;
    }
  }
  BatchReport& batch = report(entry, 1);
  batch.weights = layers_[entry].weights;
  batch.fraction = 1;
  batch.value_bytes = static_cast<std::int64_t>(weights.size()) * widths_.value_bytes;
  batch.nonzero_kernels = std::count(used.begin(), used.end(), true);
}

void BatchReports::set_lines(std::size_t entry, int iteration, std::size_t segments) {
  report(entry, iteration).value_bytes =
      static_cast<std::int64_t>(segments * segment_bytes(widths_));
}

void BatchReports::add_cluster(int iteration, const ClusterArrays& cluster,
                               const std::vector<std::size_t>* segments) {
  for (std::size_t entry = 0; entry < layers_.size(); ++entry) {
    add_layer(entry, iteration, cluster, segments);
  }
}

void BatchReports::add_layer(std::size_t entry, int iteration, const ClusterArrays& cluster,
                             const std::vector<std::size_t>* segments) {
  std::vector<bool>& used = used_[entry];
  for (std::size_t r = cluster.row_begin[entry]; r < cluster.row_begin[entry + 1]; ++r) {
    used[cluster.arrays.row[r].row] = true;
  }
  const auto weights =
      static_cast<std::int64_t>(cluster.value_begin[entry + 1] - cluster.value_begin[entry]);
  const auto begin = cluster.arrays.value.begin();
  // A line may make a weight zero, which then does not count.
  const auto zeros =
      std::count(begin + static_cast<std::ptrdiff_t>(cluster.value_begin[entry]),
                 begin + static_cast<std::ptrdiff_t>(cluster.value_begin[entry + 1]), 0);
  const auto rows =
      static_cast<std::int64_t>(cluster.row_begin[entry + 1] - cluster.row_begin[entry]);
  BatchReport& batch = report(entry, iteration);
  batch.weights += weights - zeros;
  batch.value_bytes += segments == nullptr
                           ? weights * widths_.value_bytes
                           : static_cast<std::int64_t>((*segments)[entry] * segment_bytes(widths_));
  batch.column_bytes += weights * widths_.index_bytes;
  batch.row_bytes += rows * widths_.row_entry_bytes();
  batch.layer_bytes += rows > 0 ? widths_.layer_entry_bytes() : 0;
  batch.nonzero_kernels = std::count(used.begin(), used.end(), true);
  const std::int64_t stored = layers_[entry].weights;
  batch.fraction =
      stored == 0 ? 0.0 : static_cast<double>(batch.weights) / static_cast<double>(stored);
}

void BatchReports::add_groups(std::size_t entry, int iteration, const InterleavedIteration& groups,
                              std::uint32_t blocks) {
  InterleaveReport interleaving;
  interleaving.blocks = blocks;
  for (const KernelGroup& group : groups.groups) {
    interleaving.kernels += static_cast<std::int64_t>(group.size());
  }
  interleaving.groups = static_cast<std::int64_t>(groups.groups.size());
  interleaving.greedy = static_cast<std::int64_t>(groups.greedy);
  interleaving.best = static_cast<std::int64_t>(groups.best);
  interleaving.lower_bound = static_cast<std::int64_t>(groups.lower_bound);
  interleaving.kernel_bytes = interleaving.kernels * widths_.index_bytes;
  interleaving.group_bytes = interleaving.kernels * widths_.index_bytes;
  interleaving.block_bytes = interleaving.kernels * 2;
  report(entry, iteration).interleaving = interleaving;
}

std::vector<double> BatchReports::cumulative_fraction() const {
  std::int64_t stored = 0;
  for (const Layer& layer : layers_) {
    stored += layer.weights;
  }
  std::vector<double> fractions;
  std::int64_t loaded = 0;
  for (std::size_t i = 0; i < iterations_; ++i) {
    for (const std::vector<BatchReport>& layer : reports_) {
      loaded += layer[i].weights;
    }
    fractions.push_back(stored == 0 ? 1.0
                                    : static_cast<double>(loaded) / static_cast<double>(stored));
  }
  return fractions;
}

}  // namespace airnn
