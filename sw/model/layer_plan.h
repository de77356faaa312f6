// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "sw/model/operator_graph.h"

namespace airnn::graph {

/// Operators that one layer of the machine does together, in its fixed order: operator, residual
/// addition, activation, pooling (docs/numbers.md). A step that the layer does not have is absent.
struct LayerPlan {
  using Step = std::optional<std::int32_t>;  ///< index of an operator

  Step linear;      ///< the operator with weights
  Step addition;    ///< behind `linear`, or the layer itself
  Step activation;  ///< behind what is before it; for a stand-alone pooling, behind that
  Step pooling;

  /// The first operator: it gives the layer its name and its input.
  std::int32_t first() const;
  /// The operator whose map the layer delivers.
  std::int32_t last = 0;
};

/// Joins operators to layers wherever the map between them has no other reader; every operator is
/// in exactly one layer. Sources come first.
std::vector<LayerPlan> plan_layers(const OperatorGraph& graph);

}  // namespace airnn::graph
