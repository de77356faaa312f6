// SPDX-License-Identifier: Apache-2.0
#include "hw/link/noc/mesh_placement.h"

namespace airnn {

namespace {

/// All nodes but the memory's, along the snake.
std::vector<unsigned> snake(const MeshLinkParams& params) {
  const unsigned width = params.mesh.width;
  const unsigned height = params.mesh.height;
  const bool from_east = params.memory_node % width > width - 1 - params.memory_node % width;
  const bool from_south = params.memory_node / width > height - 1 - params.memory_node / width;
  std::vector<unsigned> nodes;
  for (unsigned row = 0; row < height; ++row) {
    for (unsigned column = 0; column < width; ++column) {
      const bool goes_west = (row % 2 == 1) != from_east;
      const unsigned x = goes_west ? width - 1 - column : column;
      const unsigned y = from_south ? height - 1 - row : row;
      if (y * width + x != params.memory_node) {
        nodes.push_back(y * width + x);
      }
    }
  }
  return nodes;
}

}  // namespace

std::vector<unsigned> layer_nodes(const MeshLinkParams& params, std::size_t layers) {
  if (params.placement) {
    return *params.placement;
  }
  const std::vector<unsigned> nodes = snake(params);
  std::vector<unsigned> placed;
  for (std::size_t layer = 0; layer < layers; ++layer) {
    placed.push_back(nodes[layer % nodes.size()]);
  }
  return placed;
}

}  // namespace airnn
