// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sw/model/layer_plan.h"
#include "sw/model/model.h"
#include "sw/model/operator_graph.h"

namespace airnn::graph {

/// The layers of the machine and their parameters, from planned operators. Weights are moved out of
/// `graph`. Throws ModelError where folded weights exceed single precision.
Model map_layers(OperatorGraph graph, const std::vector<LayerPlan>& plans);

}  // namespace airnn::graph
