// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sw/compiler/kmeans.h"
#include "sw/compiler/line_coding.h"
#include "sw/format/memory_image.h"
#include "sw/model/model.h"

namespace airnn {

/// The groups of one layer in one iteration (Tables V and VI).
struct InterleaveReport {
  std::uint32_t blocks = 1;       ///< of a channel unit; 1 under policy position
  std::int64_t kernels = 0;       ///< in groups: those that are not all zero
  std::int64_t groups = 0;        ///< of the method that was asked for
  std::int64_t greedy = 0;        ///< groups of the paper's method
  std::int64_t best = 0;          ///< of GroupingMethod::best
  std::int64_t lower_bound = 0;   ///< no method makes fewer groups
  std::int64_t kernel_bytes = 0;  ///< table kernel_index
  std::int64_t group_bytes = 0;   ///< table group_index
  std::int64_t block_bytes = 0;   ///< table kernel_block
};

/// What one iteration fetches for one layer: both clusters together.
struct BatchReport {
  std::int64_t weights = 0;
  double fraction = 0;  ///< of the layer's stored weights
  std::int64_t value_bytes = 0;
  std::int64_t column_bytes = 0;
  std::int64_t row_bytes = 0;
  std::int64_t layer_bytes = 0;
  /// Kernels with at least one weight after this iteration and those before it (Tables V and VI).
  std::int64_t nonzero_kernels = 0;
  std::optional<InterleaveReport> interleaving;  ///< if the layer has tables in this iteration
};

struct LayerReport {
  std::string name;
  bool always_loaded = false;
  std::int64_t kernels = 0;
  std::int64_t weights = 0;       ///< stored
  std::int64_t zeros = 0;         ///< not stored: exact zeros, and weights that round to zero
  std::vector<Cluster> clusters;  ///< ascending; empty for a layer that is not clustered
  double squares = 0;             ///< WCSS of these clusters
  std::vector<double> curve;  ///< WCSS(K)/WCSS(1), K = 1..kElbowLimit; only if an elbow was wanted
  int elbow = 0;              ///< elbow of the curve; 0 without curve
  std::optional<LineReport> lines;   ///< if its weights are lines
  std::vector<BatchReport> batches;  ///< one per iteration (scheme base: one)
};

/// What the compiler did. `layers` has an entry for every layer with weights, in order.
struct CompileReport {
  Scheme scheme = Scheme::iterative;
  InterleavePolicy policy = InterleavePolicy::block;  ///< scheme interleaved
  bool is_sparse = false;                             ///< scheme base without zeros
  CrsWidths widths;
  int iterations = 1;
  std::int64_t weights = 0;  ///< stored, of all layers
  std::vector<LayerReport> layers;
  std::vector<RenamedLayer> renamed;        ///< as the model has them
  std::vector<double> cumulative_fraction;  ///< of all stored weights, after each iteration
  std::vector<double> average_curve;  ///< of the clustered layers; only if an elbow was wanted
  int network_elbow = 0;              ///< elbow of the average curve; 0 without curve
};

}  // namespace airnn
