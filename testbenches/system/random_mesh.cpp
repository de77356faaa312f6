// SPDX-License-Identifier: Apache-2.0
#include "testbenches/system/random_mesh.h"

#include <sstream>

namespace airnn::test {

MeshLinkParams random_mesh(RandomModel& random, const Network& network) {
  const auto draw = [&](std::int64_t least, std::int64_t most) {
    return static_cast<unsigned>(random.pick(least, most));
  };
  MeshLinkParams params;
  params.mesh.width = draw(2, 4);
  params.mesh.height = draw(1, 4);
  params.mesh.flit_bits = random.one_of<unsigned>({16, 32, 32, 64, 512});
  params.mesh.buffer_flits = draw(1, 6);
  params.mesh.virtual_channels = draw(1, 3);
  params.mesh.routing = random.one_of<MeshRouting>({MeshRouting::xy, MeshRouting::yx});
  params.mesh.hop_cycles = draw(1, 3);
  params.mesh.link_cycles = random.one_of<Cycle>({1, 1, 2, 8});
  params.item_slots = draw(1, 10);
  params.memory_node = draw(0, params.mesh.nodes() - 1);
  if (random.pick(0, 1) == 1) {
    params.placement.emplace();
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
      params.placement->push_back(draw(0, params.mesh.nodes() - 1));
    }
  }
  return params;
}

std::string text_of(const MeshLinkParams& params) {
  std::ostringstream text;
  text << params.mesh.width << " x " << params.mesh.height << ", " << params.mesh.flit_bits
       << " bits, B " << params.mesh.buffer_flits << ", " << params.mesh.virtual_channels
       << " virtual channels, D " << params.mesh.hop_cycles << ", C " << params.mesh.link_cycles
       << ", " << params.item_slots << " slots, memory at " << params.memory_node << ", layers at";
  for (const unsigned node : params.placement.value_or(std::vector<unsigned>())) {
    text << " " << node;
  }
  return text.str();
}

}  // namespace airnn::test
