// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/link/noc/mesh_events.h"
#include "hw/link/noc/mesh_params.h"

namespace airnn {

/// Where nodes lie, which are neighbours, and on which way packets go.
class MeshLayout {
 public:
  explicit MeshLayout(const MeshParams& params);

  unsigned x(unsigned node) const { return node % width_; }
  unsigned y(unsigned node) const { return node / width_; }
  bool has_neighbour(unsigned node, MeshPort direction) const;
  unsigned neighbour(unsigned node, MeshPort direction) const;
  /// The output of this node's router that leads to the destination.
  MeshPort route(unsigned node, unsigned destination) const {
    return routes_[node * nodes_ + destination];
  }
  /// "link 0 to 1", "ejection at 1", "injection at 0"; empty: the node has no such port.
  std::string link_name(unsigned node, MeshPort port) const;
  /// Links between routers that a packet passes.
  unsigned hops(unsigned source, unsigned destination) const;

 private:
  MeshPort way(unsigned node, unsigned destination, MeshRouting routing) const;

  unsigned width_;
  unsigned height_;
  std::size_t nodes_;
  std::vector<MeshPort> routes_;
};

/// The input by which a neighbour receives what is sent in this direction.
constexpr MeshPort opposite(MeshPort direction) {
  return static_cast<MeshPort>((static_cast<unsigned>(direction) + 2) % 4);
}

}  // namespace airnn
