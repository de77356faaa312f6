// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/model/graph.h"
#include "sw/model/operator_graph.h"

namespace airnn::graph {

/// Turns every node into operators of the machine, with shapes and checked constants. Throws
/// ModelError naming the first node that has no place on the machine.
OperatorGraph import_graph(const Graph& graph);

}  // namespace airnn::graph
