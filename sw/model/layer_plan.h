// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sw/model/operator_graph.h"

namespace airnn::graph {

/// Operators that one layer of the machine does together, in its fixed order: operator, residual
/// addition, activation, pooling (docs/numbers.md). kNone where it has no such step.
struct LayerPlan {
  static constexpr std::int32_t kNone = -1;

  std::int32_t linear = kNone;    ///< the operator with weights
  std::int32_t addition = kNone;  ///< behind `linear`, or the layer itself
  std::int32_t activation =
      kNone;  ///< behind what is before it; for a stand-alone pooling, behind that
  std::int32_t pooling = kNone;

  /// The first operator: it gives the layer its name and its input.
  std::int32_t first() const;
  /// The operator whose map the layer delivers.
  std::int32_t last = kNone;
};

/// Joins operators to layers wherever the map between them has no other reader; every operator is
/// in exactly one layer. Sources come first.
std::vector<LayerPlan> plan_layers(const OperatorGraph& graph);

}  // namespace airnn::graph
