// SPDX-License-Identifier: Apache-2.0
#include "hw/link/noc/mesh_loads.h"

namespace airnn {

MeshLoads::MeshLoads(const MeshParams& params, const std::vector<std::vector<std::string>>& units)
    : layout_(params),
      link_cycles_(params.link_cycles),
      credit_flits_(packet_flits(0, params.flit_bits)) {
  for (unsigned node = 0; node < params.nodes(); ++node) {
    record_.nodes.push_back({std::to_string(node), layout_.x(node), layout_.y(node), units[node]});
    for (unsigned number = 0; number < kSendingPorts; ++number) {
      const auto port = static_cast<MeshPort>(number);
      wires_.push_back(record_.wires.size());
      const std::string name = layout_.link_name(node, port);
      if (!name.empty()) {
        const bool enters = port == MeshPort::interface;
        const bool leaves = port == MeshPort::local;
        const std::size_t to = enters || leaves ? node : layout_.neighbour(node, port);
        record_.wires.push_back({name, node, to, enters, leaves, {}});
      }
    }
  }
}

void MeshLoads::carry(unsigned node, MeshPort port, std::uint64_t flits) {
  LinkLoad& load =
      record_.wires[wires_[node * kSendingPorts + static_cast<std::size_t>(port)]].load;
  load += {flits, flits * link_cycles_};
}

void MeshLoads::carry(unsigned source, unsigned destination, std::uint64_t flits) {
  carry(source, MeshPort::interface, flits);
  for (unsigned node = source; node != destination;) {
    const MeshPort port = layout_.route(node, destination);
    carry(node, port, flits);
    node = layout_.neighbour(node, port);
  }
  carry(destination, MeshPort::local, flits);
}

const LinkRecord& MeshLoads::record() {
  for (LinkWire& wire : record_.wires) {
    wire.load = {};
  }
  for (const Channel& channel : channels_) {
    const auto& [source, destination, items, credits] = channel.ends;
    carry(source, destination, channel.item_flits);
    carry(destination, source, channel.credits * credit_flits_);
  }
  return record_;
}

}  // namespace airnn
