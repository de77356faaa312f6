// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/observers/mesh_waves.h"

#include <algorithm>
#include <utility>

namespace airnn {

MeshWaves::MeshWaves(const MeshParams& mesh, WaveTree& tree, const std::string& scope)
    : layout_(mesh) {
  for (unsigned node = 0; node < mesh.nodes(); ++node) {
    MeshNodePinsParams params{mesh.nodes(), mesh.virtual_channels, mesh.buffer_flits, {}};
    for (unsigned port = 0; port < kRouterPorts; ++port) {
      params.has_port[port] = !layout_.link_name(node, static_cast<MeshPort>(port)).empty();
    }
    auto pins =
        std::make_unique<MeshNodePins>(tree, scope + ".node" + std::to_string(node), params);
    nodes_.push_back({pins.get(), false});
    sources_.push_back(std::move(pins));
  }
}

std::vector<std::unique_ptr<WaveSource>> MeshWaves::take_sources() {
  return std::move(sources_);
}

void MeshWaves::connect(const WaveSource& source) {
  const auto node = std::find_if(nodes_.begin(), nodes_.end(),
                                 [&](const Node& each) { return each.pins == &source; });
  node->is_told = true;
}

void MeshWaves::offered(const MeshPacket& packet) {
  const Node& source = nodes_[packet.source];
  if (source.is_told && !is_over_()) {
    source.pins->offered(packet);
  }
}

void MeshWaves::pushed(const FlitPushed& event) {
  if (is_over_()) {
    return;
  }
  if (nodes_[event.node].is_told) {
    nodes_[event.node].pins->pushed(event);
  }
  if (event.output == MeshPort::local) {
    return;
  }
  const bool enters = event.output == MeshPort::interface;
  const Node& next = nodes_[enters ? event.node : layout_.neighbour(event.node, event.output)];
  if (next.is_told) {
    next.pins->filled(event, enters ? MeshPort::local : opposite(event.output));
  }
}

}  // namespace airnn
