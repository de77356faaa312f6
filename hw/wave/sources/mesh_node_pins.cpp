// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/sources/mesh_node_pins.h"

#include <algorithm>

#include "hw/wave/wave_states.h"

namespace airnn {

namespace {

constexpr std::array<const char*, kSendingPorts> kOutputNames = {
    "to_north", "to_east", "to_south", "to_west", "ejection", "injection"};
constexpr std::array<const char*, kRouterPorts> kInputNames = {
    "from_north", "from_east", "from_south", "from_west", "injection"};

/// A signal for each virtual channel; with one of them, its name is the name.
WaveId add_channels(WaveTree& tree, const std::string& scope, const std::string& name,
                    unsigned channels, const WaveType& type) {
  const WaveId first = tree.next();
  for (unsigned channel = 0; channel < channels; ++channel) {
    tree.add(scope, channels == 1 ? name : name + std::to_string(channel), type);
  }
  return first;
}

}  // namespace

MeshNodePins::MeshNodePins(WaveTree& tree, const std::string& scope,
                           const MeshNodePinsParams& params)
    : params_(params) {
  const WaveId first = tree.next();
  for (unsigned port = 0; port < kSendingPorts; ++port) {
    const bool is_interface = port == static_cast<unsigned>(MeshPort::interface);
    if (!is_interface && !params.has_port[port]) {
      continue;
    }
    const std::string name = scope + "." + kOutputNames[port];
    outputs_[port] = declare_output(tree, name);
    if (is_interface) {
      queued_ = tree.add(name, "queued", WaveType::number(32));
    } else {
      outputs_[port].owners = add_channels(tree, name, "owner", params.virtual_channels,
                                           WaveType::state(mesh_owners()));
    }
  }
  for (unsigned port = 0; port < kRouterPorts; ++port) {
    if (params.has_port[port]) {
      fills_[port] =
          add_channels(tree, scope + "." + kInputNames[port], "fill", params.virtual_channels,
                       WaveType::number_to(params.buffer_flits));
    }
  }
  own(first, tree);
  values_.resize(ids().last - ids().first);
}

MeshNodePins::Output MeshNodePins::declare_output(WaveTree& tree, const std::string& scope) const {
  const WaveType node = WaveType::number_to(params_.nodes - 1);
  Output output;
  output.valid = tree.add(scope, "valid", WaveType::bit());
  output.virtual_channel =
      tree.add(scope, "virtual_channel", WaveType::number_to(params_.virtual_channels - 1));
  output.source = tree.add(scope, "source", node);
  output.destination = tree.add(scope, "destination", node);
  output.flit = tree.add(scope, "flit", WaveType::number(8));
  output.flits = tree.add(scope, "flits", WaveType::number(8));
  return output;
}

void MeshNodePins::offered(const MeshPacket& packet) {
  add(packet.offered, queued_, packet.flits);
}

void MeshNodePins::pushed(const FlitPushed& event) {
  const Output& output = outputs_[static_cast<std::size_t>(event.output)];
  const MeshPacket& packet = *event.packet;
  set(event.cycle, output.valid, 1);
  set(event.cycle + 1, output.valid, 0);
  set(event.cycle, output.virtual_channel, packet.virtual_channel);
  set(event.cycle, output.source, packet.source);
  set(event.cycle, output.destination, packet.destination);
  set(event.cycle, output.flit, event.flit);
  set(event.cycle, output.flits, packet.flits);
  if (event.output == MeshPort::interface) {
    add(event.cycle + 1, queued_, std::uint64_t{0} - 1);
    return;
  }
  const auto input = static_cast<std::size_t>(event.input);
  add(event.cycle + 1, fills_[input] + packet.virtual_channel, std::uint64_t{0} - 1);
  set(event.cycle + 1, output.owners + packet.virtual_channel,
      event.is_tail() ? kNoOwner : input + 1);
}

void MeshNodePins::filled(const FlitPushed& event, MeshPort input) {
  add(event.cycle + 1, fills_[static_cast<std::size_t>(input)] + event.packet->virtual_channel, 1);
}

/// A value that changes twice in a cycle is written once.
void MeshNodePins::show(Cycle cycle, WaveWriter& writer) {
  std::vector<WaveId> changed;
  while (changes_.has(cycle)) {
    const Change change = changes_.take();
    std::uint64_t& value = values_[change.id - ids().first];
    value = change.is_sum ? value + change.value : change.value;
    changed.push_back(change.id);
  }
  for (const WaveId id : changed) {
    writer.set(id, values_[id - ids().first]);
  }
}

}  // namespace airnn
