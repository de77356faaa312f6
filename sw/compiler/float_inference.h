// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sw/compiler/checkpoint.h"
#include "sw/model/model.h"

namespace airnn {

/// Plain inference in floating point, to see how large the values of each layer get. Not a
/// reference: sums are taken in the order that is fastest.
class FloatInference {
 public:
  /// Keeps a reference to the model.
  explicit FloatInference(const Model& model) : model_(model) {}

  /// Largest magnitude behind the activation of each layer, for one preprocessed input (CHW).
  /// Passes the checkpoint in each layer.
  std::vector<double> largest_values(const std::vector<float>& input,
                                     const Checkpoint& checkpoint = {}) const;

  /// Multiplications of one inference.
  double multiplications() const;

 private:
  using Map = std::vector<float>;

  Map multiply(const Layer& layer, const LayerParameters& parameters, const Map& input) const;
  static Map pool(const Layer& layer, const MapShape& shape, const Map& input);

  const Model& model_;
};

}  // namespace airnn
