// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/model/operator_graph.h"

namespace airnn::graph {

/// Drops what the result does not depend on. Joins batch normalisation and added constants to the
/// operator before them, padding to the ones behind it, and an activation to an activation. An
/// affine step that has nowhere to go becomes a 1x1 depthwise operator. Throws ModelError naming
/// the node where padding cannot be joined.
void simplify(OperatorGraph* graph);

}  // namespace airnn::graph
