// SPDX-License-Identifier: Apache-2.0
#include "testbenches/reference/mesh_channels_twin.h"

#include <utility>

namespace airnn::test {

MeshChannelsTwin::MeshChannelsTwin(const MeshParams& params, std::vector<StreamOverMesh> streams,
                                   MeshListener& listener)
    : streams_(std::move(streams)),
      listener_(listener),
      mesh_(params, *this),
      states_(streams_.size()) {}

void MeshChannelsTwin::begin(Cycle t) {
  const auto [first, last] = arrivals_.equal_range(t);
  for (auto arrival = first; arrival != last; ++arrival) {
    State& state = states_[arrival->second.stream];
    if (!arrival->second.is_item) {
      --state.taken;
    } else if (arrival->second.is_last) {
      ++state.waiting;
    }
  }
  arrivals_.erase(first, last);
}

void MeshChannelsTwin::send(std::size_t stream, const std::vector<unsigned>& packets) {
  ++states_[stream].taken;
  states_[stream].sent.push_back(packets);
}

void MeshChannelsTwin::pop(std::size_t stream) {
  --states_[stream].waiting;
  ++states_[stream].popped;
}

void MeshChannelsTwin::offer(Cycle t, const Tail& tail, unsigned flits) {
  const StreamOverMesh& stream = streams_[tail.stream];
  MeshPacket packet;
  packet.id = packets_.size();
  packet.offered = t;
  packet.source = tail.is_item ? stream.source : stream.destination;
  packet.destination = tail.is_item ? stream.destination : stream.source;
  packet.flits = flits;
  packet.virtual_channel = tail.is_item ? stream.item_channel : stream.credit_channel;
  packets_.push_back(tail);
  mesh_.offer(packet);
}

void MeshChannelsTwin::end(Cycle t) {
  for (std::size_t i = 0; i < streams_.size(); ++i) {
    State& state = states_[i];
    for (unsigned credit = 0; credit < state.popped_before; ++credit) {
      offer(t, {i, false, true}, streams_[i].credit_flits);
    }
    state.popped_before = std::exchange(state.popped, 0);
  }
  for (std::size_t i = 0; i < streams_.size(); ++i) {
    for (const auto& packets : std::exchange(states_[i].sent, {})) {
      for (std::size_t p = 0; p < packets.size(); ++p) {
        offer(t, {i, true, p + 1 == packets.size()}, packets[p]);
      }
    }
  }
  mesh_.step(t);
}

void MeshChannelsTwin::pushed(const FlitPushed& event) {
  if (event.output == MeshPort::local && event.is_tail()) {
    arrivals_.emplace(event.arrives, packets_[event.packet->id]);
  }
  listener_.pushed(event);
}

bool MeshChannelsTwin::idle() const {
  bool all_free = mesh_.idle() && arrivals_.empty();
  for (const State& state : states_) {
    all_free = all_free && state.taken == 0;
  }
  return all_free;
}

}  // namespace airnn::test
