// SPDX-License-Identifier: Apache-2.0
#include "hw/link/noc/mesh_channels.h"

#include <algorithm>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace airnn {

MeshChannels::MeshChannels(const MeshParams& params, std::vector<MeshChannel> channels,
                           MeshListener& listener)
    : channels_(std::move(channels)),
      listener_(listener),
      fabric_(params, *this),
      states_(channels_.size()) {}

bool MeshChannels::can_send(std::size_t channel) const {
  return states_[channel].taken < channels_[channel].slots;
}

void MeshChannels::send(std::size_t channel, std::vector<unsigned> packets) {
  if (!can_send(channel) || packets.empty()) {
    throw std::logic_error("an item without a slot, or without a packet");
  }
  ++states_[channel].taken;
  outgoing_.push_back({now_, true, channel, std::move(packets)});
}

void MeshChannels::pop(std::size_t channel) {
  if (states_[channel].waiting == 0) {
    throw std::logic_error("no item can be popped");
  }
  --states_[channel].waiting;
  const auto flits = packet_flits(0, fabric_.params().flit_bits);
  outgoing_.push_back({now_ + 1, false, channel, {static_cast<unsigned>(flits)}});
}

void MeshChannels::run_until(Cycle limit) {
  while (now_ < limit) {
    queue_outgoing();
    Cycle next = limit;
    if (!outgoing_.empty()) {
      next = now_ + 1;  // credits of the next cycle
    }
    advance(next);
  }
}

/// Goes on to `limit`, from arrival to arrival.
void MeshChannels::advance(Cycle limit) {
  while (now_ < limit) {
    // A tail that leaves its last router arrives a hop later, so the fabric may go ahead by one.
    const Cycle arrival = arrivals_.empty() ? kNever : arrivals_.front().cycle;
    const Cycle moves = fabric_.next_event();
    now_ = std::min({limit, arrival, moves == kNever ? kNever : moves + 1});
    fabric_.run_until(now_);
    arrive();
  }
}

void MeshChannels::queue_outgoing() {
  const auto later =
      std::stable_partition(outgoing_.begin(), outgoing_.end(),
                            [this](const Outgoing& out) { return out.cycle <= now_; });
  std::stable_sort(outgoing_.begin(), later, [](const Outgoing& a, const Outgoing& b) {
    return std::tie(a.is_item, a.channel) < std::tie(b.is_item, b.channel);
  });
  for (auto out = outgoing_.begin(); out != later; ++out) {
    const MeshChannel& channel = channels_[out->channel];
    for (std::size_t i = 0; i < out->packets.size(); ++i) {
      MeshPacket packet;
      packet.id = next_id_++;
      packet.offered = now_;
      packet.source = out->is_item ? channel.source : channel.destination;
      packet.destination = out->is_item ? channel.destination : channel.source;
      packet.flits = out->packets[i];
      packet.virtual_channel = out->is_item ? channel.item_channel : channel.credit_channel;
      under_way_[packet.id] = {out->channel, out->is_item, i + 1 == out->packets.size()};
      fabric_.offer(packet);
    }
  }
  outgoing_.erase(outgoing_.begin(), later);
}

void MeshChannels::pushed(const FlitPushed& event) {
  if (event.output == MeshPort::local && event.is_tail()) {
    const auto packet = under_way_.find(event.packet->id);
    arrivals_.push_back({event.arrives, packet->second});
    under_way_.erase(packet);
  }
  listener_.pushed(event);
}

void MeshChannels::arrive() {
  for (; !arrivals_.empty() && arrivals_.front().cycle <= now_; arrivals_.pop_front()) {
    const Packet& packet = arrivals_.front().packet;
    State& state = states_[packet.channel];
    if (!packet.is_item) {
      --state.taken;
    } else if (packet.is_last) {
      ++state.waiting;
    }
  }
}

Cycle MeshChannels::next_event() const {
  if (!outgoing_.empty()) {
    return now_;
  }
  return std::min(arrivals_.empty() ? kNever : arrivals_.front().cycle, fabric_.next_event());
}

bool MeshChannels::idle() const {
  return outgoing_.empty() && fabric_.idle() && arrivals_.empty() &&
         std::all_of(states_.begin(), states_.end(),
                     [](const State& state) { return state.taken == 0; });
}

}  // namespace airnn
