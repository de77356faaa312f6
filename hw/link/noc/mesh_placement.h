// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/link/noc/mesh_link_params.h"

namespace airnn {

/// The node of each of so many layers: as the parameters list them, or along a snake that begins at
/// the corner nearest to the memory and leaves the memory's node out; several layers share a node
/// if there are more of them than nodes.
std::vector<unsigned> layer_nodes(const MeshLinkParams& params, std::size_t layers);

}  // namespace airnn
