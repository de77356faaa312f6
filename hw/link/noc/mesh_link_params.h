// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "hw/link/noc/mesh_params.h"

namespace airnn {

/// A mesh, and who sits where on it.
struct MeshLinkParams {
  MeshParams mesh;
  unsigned item_slots = 8;   ///< items under way of a stream of weights, 1..64
  unsigned memory_node = 0;  ///< memory, control and host
  /// Node of each layer's unit, in the layers' order; without: along a snake that begins at the
  /// corner nearest to the memory.
  std::optional<std::vector<unsigned>> placement;
};

}  // namespace airnn
