// SPDX-License-Identifier: Apache-2.0
#include "hw/link/noc/mesh_channels.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace airnn {

std::size_t MeshChannels::add(const MeshChannel& channel, unsigned slots) {
  states_.push_back({slots, 0, 0});
  return transport_.add(channel);
}

bool MeshChannels::can_send(std::size_t channel) const {
  return states_[channel].taken < states_[channel].slots;
}

void MeshChannels::send(std::size_t channel, std::vector<unsigned> packets) {
  if (!can_send(channel)) {
    throw std::logic_error("an item without a slot");
  }
  transport_.send(channel, now(), std::move(packets));
  ++states_[channel].taken;
}

void MeshChannels::pop(std::size_t channel) {
  if (states_[channel].waiting == 0) {
    throw std::logic_error("no item can be popped");
  }
  --states_[channel].waiting;
  transport_.send_credit(channel, now() + 1);
}

void MeshChannels::run_until(Cycle limit) {
  transport_.run_until(limit);
  for (; !arrivals_.empty() && arrivals_.front().cycle <= now(); arrivals_.pop_front()) {
    State& state = states_[arrivals_.front().channel];
    if (arrivals_.front().is_item) {
      ++state.waiting;
    } else {
      --state.taken;
    }
  }
}

bool MeshChannels::idle() const {
  return transport_.idle() && arrivals_.empty() &&
         std::all_of(states_.begin(), states_.end(),
                     [](const State& state) { return state.taken == 0; });
}

}  // namespace airnn
