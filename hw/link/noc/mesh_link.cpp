// SPDX-License-Identifier: Apache-2.0
#include "hw/link/noc/mesh_link.h"

#include <algorithm>
#include <numeric>

#include "hw/common/check.h"
#include "hw/link/noc/mesh_actions.h"
#include "hw/link/noc/mesh_placement.h"
#include "sw/format/unit_names.h"

namespace airnn {

namespace {

/// Maps and tables are cut into packets of so many bits.
constexpr std::uint64_t kPieceBits = 512;

bool is_cut(ItemKind items) {
  return items == ItemKind::feature_map || items == ItemKind::control_message ||
         items == ItemKind::input_beat;
}

std::string unit_of(const std::string& port) {
  return port.substr(0, port.find('.'));
}

/// Names of the units of each node. All but those of layers are at the memory.
std::vector<std::vector<std::string>> units_of_nodes(const MeshLinkParams& params,
                                                     const LinkedMachine& machine) {
  std::vector<std::vector<std::string>> units(params.mesh.nodes());
  units[params.memory_node] = {machine.memory,   kControllerName, kAddressesName,
                               kInputBufferName, kScoreName,      kHostName};
  const std::vector<unsigned> nodes = layer_nodes(params, machine.names.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    units[nodes[i]].push_back(machine.names[i]);
  }
  return units;
}

}  // namespace

MeshLink::Driver::Driver(const sc_core::sc_module_name& module_name, MeshLink& link)
    : sc_module(module_name), timer("wake", link.clock_), link_(link) {
  SC_HAS_PROCESS(Driver);
  SC_METHOD(advance);
  sensitive << timer.event();
  dont_initialize();
}

MeshLink::MeshLink(const MeshLinkParams& params, const LinkedMachine& machine)
    : params_(params),
      clock_(machine.clock),
      price_class_(mesh_price_class(params.mesh)),
      loads_(params.mesh, units_of_nodes(params, machine)),
      mesh_(params.mesh, *this, listeners_, replay_mode()),
      driver_("mesh", *this) {
  const std::vector<unsigned> nodes = layer_nodes(params, machine.layers.size());
  for (std::size_t i = 0; i < machine.layers.size(); ++i) {
    layer_nodes_[machine.layers[i]] = nodes[i];
  }
}

unsigned MeshLink::node_of(const std::string& port) const {
  const auto layer = layer_nodes_.find(unit_of(port));
  return layer == layer_nodes_.end() ? params_.memory_node : layer->second;
}

tlm::tlm_target_socket<>& MeshLink::insert(const Binding& binding, tlm::tlm_target_socket<>& to) {
  if (binding.stream == nullptr) {
    return to;
  }
  const unsigned source = node_of(binding.sender());
  const unsigned destination = node_of(binding.receiver());
  if (source == destination) {
    return to;
  }
  const bool are_weights = binding.items == ItemKind::placed_weights;
  if (are_weights) {
    // Unsigned sums wrap around, so this takes slots away, too.
    binding.stream->add_slots(params_.item_slots - binding.stream->slots());
  }
  const unsigned others = params_.mesh.virtual_channels > 1 ? 1 : 0;
  const MeshChannel ends{source, destination, are_weights ? 0 : others, others};
  const std::size_t channel = mesh_.add(ends);
  loads_.add(ends);
  MeshStreamCarrier& carrier = *this;
  streams_.push_back(std::make_unique<MeshStream>(sc_core::sc_gen_unique_name("mesh_stream"),
                                                  channel, binding, carrier));
  std::size_t group = groups_.size();
  if (binding.items == ItemKind::feature_map) {
    group = map_groups_.try_emplace({unit_of(binding.sender()), destination}, group).first->second;
  }
  groups_.resize(std::max(groups_.size(), group + 1));
  groups_[group].streams.push_back(streams_.back().get());
  group_of_.push_back(group);
  streams_.back()->to_target.bind(to);
  return streams_.back()->from_initiator;
}

std::vector<unsigned> MeshLink::packets_of(const MeshStream& stream, std::uint64_t bits) const {
  std::vector<unsigned> packets;
  const std::uint64_t most = is_cut(stream.binding().items) ? kPieceBits : bits;
  do {
    const std::uint64_t payload = std::min(bits, most);
    const std::uint64_t flits = packet_flits(payload, params_.mesh.flit_bits);
    MODEL_CHECK(flits <= kMostPacketFlits, stream.name(),
                "an item of " + std::to_string(bits) + " bits is longer than a packet can be; " +
                    "wider flits or fewer lanes help");
    packets.push_back(static_cast<unsigned>(flits));
    bits -= payload;
  } while (bits > 0);
  return packets;
}

/// A map travels once to all its consumers on a node: when the last of them has room for it.
void MeshLink::item_ready(MeshStream& stream) {
  ++open_items_;
  Group& group = groups_[group_of_[stream.number()]];
  const auto has_next = [&](const MeshStream* each) { return each->received() > group.sent; };
  while (std::all_of(group.streams.begin(), group.streams.end(), has_next)) {
    Cycle ready = 0;
    for (const MeshStream* each : group.streams) {
      ready = std::max(ready, each->ready(group.sent));
    }
    const MeshStream& first = *group.streams.front();
    const std::vector<unsigned> packets = packets_of(first, first.bits(group.sent));
    loads_.sent(first.number(), std::accumulate(packets.begin(), packets.end(), std::uint64_t{0}));
    mesh_.send(first.number(), ready, packets);
    ++group.sent;
  }
  plan();
}

void MeshLink::credit_ready(MeshStream& stream, Cycle cycle) {
  loads_.sent_credit(stream.number());
  mesh_.send_credit(stream.number(), cycle);
  plan();
}

void MeshLink::arrives(std::size_t channel, bool is_item, Cycle cycle) {
  if (!is_item) {
    --open_items_;
    last_credit_ = std::max(last_credit_, cycle);
    streams_[channel]->deliver_credit(cycle);
    return;
  }
  for (MeshStream* stream : groups_[group_of_[channel]].streams) {
    stream->deliver_item(cycle);
  }
}

void MeshLink::advance() {
  planned_ = kNever;
  run_until(clock_.now() + 1);
}

void MeshLink::plan() {
  const Cycle next = mesh_.next_event();
  if (next < planned_) {
    planned_ = next;
    driver_.timer.set(next);
  }
}

/// Whoever could still send anything has an item of which the credit is not back, so nobody sends
/// anything when there is none.
Cycle MeshLink::settle() {
  run_until(clock_.now() + 1);
  if (open_items_ > 0) {
    const Cycle next = mesh_.next_event();
    return (next == kNever ? clock_.now() : next) + 1;
  }
  const Cycle rest = std::max(last_credit_, mesh_.links_free_from());
  if (rest <= clock_.now()) {
    mesh_.settle();
  }
  return rest;
}

/// Up to the end of the present cycle all is known, whichever processes have run in it.
void MeshLink::run_until(Cycle cycle) {
  mesh_.run_until(std::min(cycle, clock_.now() + 1));
  plan();
}

Counts MeshLink::work_until(Cycle cycle) {
  run_until(cycle);
  const auto [flit_hops, routed] = mesh_.take_work(cycle);
  const Cycle cycles = cycle - counted_until_;
  counted_until_ = cycle;
  return mesh_counts(price_class_, flit_hops, routed, cycles * params_.mesh.nodes(),
                     clock_.period().value());
}

}  // namespace airnn
