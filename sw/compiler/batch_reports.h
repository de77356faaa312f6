// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sw/compiler/cluster_arrays.h"
#include "sw/compiler/compile_report.h"
#include "sw/compiler/layer_interleaving.h"

namespace airnn {

/// Counts what each iteration fetches for each layer with weights, while the sections of an image
/// are made, iteration after iteration.
class BatchReports {
 public:
  using Layers = std::vector<std::vector<BatchReport>>;  ///< by layer with weights, by iteration

  BatchReports(const Network& network, const CrsWidths& widths, int iterations);

  void add_dense(std::size_t entry, const std::vector<std::int32_t>& weights);
  /// Behind add_dense(): the layer's weights are so many lines.
  void set_lines(std::size_t entry, int iteration, std::size_t segments);
  /// `segments`: of each layer with weights, whose values are lines; null: values are plain.
  void add_cluster(int iteration, const ClusterArrays& cluster,
                   const std::vector<std::size_t>* segments = nullptr);
  void add_groups(std::size_t entry, int iteration, const InterleavedIteration& groups,
                  std::uint32_t blocks);

  const Layers& layers() const { return reports_; }
  /// Of all stored weights, after each iteration.
  std::vector<double> cumulative_fraction() const;

 private:
  BatchReport& report(std::size_t entry, int iteration);
  void add_layer(std::size_t entry, int iteration, const ClusterArrays& cluster,
                 const std::vector<std::size_t>* segments);

  CrsWidths widths_;
  std::size_t iterations_;
  std::vector<Layer> layers_;  ///< those with weights
  Layers reports_;
  std::vector<std::vector<bool>> used_;  ///< kernels with a weight so far
};

}  // namespace airnn
