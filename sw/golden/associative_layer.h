// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "sw/format/bin_tables.h"
#include "sw/golden/layer_weights.h"
#include "sw/golden/matrix_layer.h"

namespace airnn::golden {

/// The sums of a layer with an associative memory beside its multipliers (docs/numbers.md): weights
/// of one value are multiplied with a map of their own, in which each element that a row matches is
/// replaced by the row's operand.
class AssociativeLayer {
 public:
  /// `centres` by the number of their bin.
  AssociativeLayer(const Layer& layer, const std::vector<std::int32_t>& centres,
                   const std::vector<MatchRow>& rows);

  /// As MatrixLayer::accumulate(); the weights are divided by their values.
  std::vector<std::int64_t> accumulate(const std::vector<std::int32_t>& input,
                                       const LayerWeights& weights) const;

 private:
  MatrixLayer exact_;
  std::map<std::int32_t, std::vector<MatchRow>> rows_of_;  ///< by weight
};

}  // namespace airnn::golden
