// SPDX-License-Identifier: Apache-2.0
#include "hw/link/noc/mesh_transport.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace airnn {

MeshTransport::MeshTransport(const MeshParams& params, MeshReceiver& receiver,
                             MeshListener& listener)
    : receiver_(receiver),
      listener_(listener),
      fabric_(params, *this),
      credit_flits_(static_cast<unsigned>(packet_flits(0, params.flit_bits))) {}

std::size_t MeshTransport::add(const MeshChannel& channel) {
  channels_.push_back(channel);
  return channels_.size() - 1;
}

void MeshTransport::send(std::size_t channel, Cycle cycle, std::vector<unsigned> packets) {
  if (cycle < now() || packets.empty()) {
    throw std::logic_error("an item for the past, or without a packet");
  }
  outgoing_.emplace(Place{cycle, true, channel, sent_++}, std::move(packets));
}

void MeshTransport::send_credit(std::size_t channel, Cycle cycle) {
  if (cycle < now()) {
    throw std::logic_error("a credit for the past");
  }
  outgoing_.emplace(Place{cycle, false, channel, sent_++}, std::vector<unsigned>{credit_flits_});
}

void MeshTransport::run_until(Cycle limit) {
  while (now() < limit) {
    while (!outgoing_.empty() && std::get<0>(outgoing_.begin()->first) <= now()) {
      const auto first = outgoing_.begin();
      offer(first->first, first->second);
      outgoing_.erase(first);
    }
    const Cycle next = outgoing_.empty() ? limit : std::get<0>(outgoing_.begin()->first);
    fabric_.run_until(std::min(limit, next));
  }
}

void MeshTransport::offer(const Place& place, const std::vector<unsigned>& packets) {
  const bool is_item = std::get<1>(place);
  const std::size_t number = std::get<2>(place);
  const MeshChannel& channel = channels_[number];
  for (std::size_t i = 0; i < packets.size(); ++i) {
    MeshPacket packet;
    packet.id = next_id_++;
    packet.offered = now();
    packet.source = is_item ? channel.source : channel.destination;
    packet.destination = is_item ? channel.destination : channel.source;
    packet.flits = packets[i];
    packet.virtual_channel = is_item ? channel.item_channel : channel.credit_channel;
    under_way_[packet.id] = {number, is_item, i + 1 == packets.size()};
    fabric_.offer(packet);
  }
}

void MeshTransport::pushed(const FlitPushed& event) {
  listener_.pushed(event);
  if (event.output != MeshPort::local || !event.is_tail()) {
    return;
  }
  const auto found = under_way_.find(event.packet->id);
  const Packet packet = found->second;
  under_way_.erase(found);
  if (packet.is_last) {
    receiver_.arrives(packet.channel, packet.is_item, event.arrives);
  }
}

Cycle MeshTransport::next_event() const {
  const Cycle next = outgoing_.empty() ? kNever : std::get<0>(outgoing_.begin()->first);
  return std::min(next, fabric_.next_event());
}

}  // namespace airnn
