// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/model/graph.h"

namespace airnn::graph {

/// Throws ModelError where a name is no text (control characters, damaged UTF-8), or where two
/// values of the graph have one name. An input may have the name of a constant, which is then its
/// value; `graph` has only inputs without.
void check_names(const Graph& graph);

}  // namespace airnn::graph
