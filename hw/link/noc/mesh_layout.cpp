// SPDX-License-Identifier: Apache-2.0
#include "hw/link/noc/mesh_layout.h"

namespace airnn {

namespace {

unsigned distance(unsigned a, unsigned b) {
  return a < b ? b - a : a - b;
}

}  // namespace

MeshLayout::MeshLayout(const MeshParams& params)
    : width_(params.width), height_(params.height), nodes_(params.nodes()) {
  routes_.reserve(nodes_ * nodes_);
  for (unsigned node = 0; node < nodes_; ++node) {
    for (unsigned destination = 0; destination < nodes_; ++destination) {
      routes_.push_back(way(node, destination, params.routing));
    }
  }
}

MeshPort MeshLayout::way(unsigned node, unsigned destination, MeshRouting routing) const {
  const bool is_in_column = x(node) == x(destination);
  const bool is_in_row = y(node) == y(destination);
  if (is_in_column && is_in_row) {
    return MeshPort::local;
  }
  if (is_in_row || (routing == MeshRouting::xy && !is_in_column)) {
    return x(node) < x(destination) ? MeshPort::east : MeshPort::west;
  }
  return y(node) < y(destination) ? MeshPort::south : MeshPort::north;
}

bool MeshLayout::has_neighbour(unsigned node, MeshPort direction) const {
  switch (direction) {
    case MeshPort::north:
      return y(node) > 0;
    case MeshPort::east:
      return x(node) + 1 < width_;
    case MeshPort::south:
      return y(node) + 1 < height_;
    case MeshPort::west:
      return x(node) > 0;
    default:
      return false;
  }
}

unsigned MeshLayout::neighbour(unsigned node, MeshPort direction) const {
  switch (direction) {
    case MeshPort::north:
      return node - width_;
    case MeshPort::east:
      return node + 1;
    case MeshPort::south:
      return node + width_;
    default:
      return node - 1;
  }
}

std::string MeshLayout::link_name(unsigned node, MeshPort port) const {
  if (port == MeshPort::local || port == MeshPort::interface) {
    return (port == MeshPort::local ? "ejection at " : "injection at ") + std::to_string(node);
  }
  return has_neighbour(node, port)
             ? "link " + std::to_string(node) + " to " + std::to_string(neighbour(node, port))
             : "";
}

unsigned MeshLayout::hops(unsigned source, unsigned destination) const {
  return distance(x(source), x(destination)) + distance(y(source), y(destination));
}

}  // namespace airnn
