// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sw/golden/pool_geometry.h"
#include "sw/model/model.h"

namespace airnn::golden {

/// What a pass through the network in floating point yields.
struct FloatResult {
  std::vector<std::vector<float>> outputs;  ///< per layer its `output` map, CHW
  std::vector<double> probabilities;
  int prediction = 0;

  const std::vector<float>& logits() const { return outputs.back(); }
};

/// Inference of a model in floating point: the yardstick for what fixed point loses.
class FloatInference {
 public:
  explicit FloatInference(Model model);

  const Network& network() const { return model_.network; }

  /// `input`: preprocessed pixels, CHW. Throws DataError if their number does not fit the network.
  FloatResult run(const std::vector<float>& input) const;

 private:
  std::vector<float> run_layer(std::size_t index, const std::vector<float>& source,
                               const std::vector<float>* skip) const;
  void activate(std::size_t index, std::vector<float>& map) const;

  Model model_;
  std::vector<PoolGeometry> pooling_;  ///< per layer; empty for those that do not pool
};

}  // namespace airnn::golden
