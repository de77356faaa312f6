// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sw/compiler/kmeans.h"
#include "sw/format/memory_image.h"

namespace airnn {

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
  std::vector<BatchReport> batches;  ///< one per iteration (scheme base: one)
};

/// What the compiler did. `layers` has an entry for every layer with weights, in order.
struct CompileReport {
  Scheme scheme = Scheme::iterative;
  CrsWidths widths;
  int iterations = 1;
  std::int64_t weights = 0;  ///< stored, of all layers
  std::vector<LayerReport> layers;
  std::vector<double> cumulative_fraction;  ///< of all stored weights, after each iteration
  std::vector<double> average_curve;  ///< of the clustered layers; only if an elbow was wanted
  int network_elbow = 0;              ///< elbow of the average curve; 0 without curve
};

}  // namespace airnn
