// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sw/compiler/checkpoint.h"
#include "sw/compiler/cluster_order.h"
#include "sw/compiler/cluster_spec.h"
#include "sw/compiler/interleave_options.h"
#include "sw/compiler/kmeans.h"
#include "sw/compiler/line_options.h"
#include "sw/compiler/match_classes.h"
#include "sw/compiler/network_tuning.h"
#include "sw/format/memory_image.h"
#include "sw/format/network.h"

namespace airnn {

/// Everything that decides what an image contains, besides the model.
struct CompileOptions {
  Scheme scheme = Scheme::iterative;
  bool sparse = false;  ///< scheme base: weights that are not zero, in CRS, all at once
  ClusterSpec clusters;
  BatchOrder order = BatchOrder::maxmin;
  InitMethod init = InitMethod::optimal;
  std::uint64_t seed = 1;    ///< of InitMethod::random
  int precision = 32;        ///< bits of weights and activations: 32, 16 or 8
  bool drops_signs = false;  ///< 8 bits: tensors that cannot be negative are 0..255
  int index_width =
      0;  ///< bits of column, row and layer numbers: 8, 16, 32; 0: 16 where it fits, else 32

  /// Most bins of a layer, whose weights are replaced by the centres of theirs; 0: as they are.
  int bins = 0;
  /// Rows of the associative memory beside each multiplier, a power of two; 0: none. They are those
  /// that the calibration inputs hit most often.
  int rows = 0;
  MatchClasses match;

  TunedTables tuned_for;  ///< per layer; the network names the tables of all multipliers

  InterleaveOptions interleave;  ///< scheme interleaved

  WeightForm weights = WeightForm::plain;
  LineOptions lines;  ///< of weights as lines

  /// Layers that are not clustered; all their weights are in the first batch. Names, or
  /// `first`, `last` (of the layers with weights), `pointwise` (1x1 convolutions), `depthwise`,
  /// `none`.
  std::vector<std::string> always_loaded{"none"};
  /// Instead, the layers that are: names as above, or `all`.
  std::vector<std::string> clustered{"all"};

  Preprocess preprocess;  ///< means and deviations may be empty: 0 and 1

  /// Real inputs (CHW, preprocessed) that formats are fitted to, besides synthetic ones.
  std::vector<std::vector<float>> calibration;

  int threads = 2;  ///< does not change the result

  /// Passed at least once per layer, number of clusters and calibration input.
  Checkpoint checkpoint;
};

}  // namespace airnn
