// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "hw/link/noc/mesh_transport.h"

namespace airnn {

/// Streams over a mesh with credits end to end: an item needs a slot, which is free again when the
/// credit of the item that had it is back.
class MeshChannels final : MeshReceiver {
 public:
  /// `listener` is told of all packets and flits.
  MeshChannels(const MeshParams& params, MeshListener& listener)
      : transport_(params, *this, listener) {}

  /// With so many slots. Returns its number: 0, 1, 2 ...
  std::size_t add(const MeshChannel& channel, unsigned slots);

  Cycle now() const { return transport_.now(); }
  /// In cycle now() the channel has a free slot.
  bool can_send(std::size_t channel) const;
  /// All slots are free in cycle now(): every item was popped.
  bool all_free(std::size_t channel) const { return states_[channel].taken == 0; }
  /// Queues an item in cycle now(): packets of so many flits. There must be a free slot.
  void send(std::size_t channel, std::vector<unsigned> packets);
  /// Items that can be popped in cycle now().
  std::uint64_t waiting(std::size_t channel) const { return states_[channel].waiting; }
  /// Takes one in cycle now(). There must be one.
  void pop(std::size_t channel);

  /// Does all cycles before `limit`, and what arrives in it.
  void run_until(Cycle limit);
  /// Nothing is under way: no item, no credit.
  bool idle() const;

 private:
  struct State {
    unsigned slots = 0;
    unsigned taken = 0;
    std::uint64_t waiting = 0;  ///< items that can be popped
  };
  struct Arrival {
    std::size_t channel = 0;
    bool is_item = false;
    Cycle cycle = 0;
  };

  void arrives(std::size_t channel, bool is_item, Cycle cycle) override {
    arrivals_.push_back({channel, is_item, cycle});
  }

  MeshTransport transport_;
  std::vector<State> states_;
  std::deque<Arrival> arrivals_;  ///< that lie ahead
};

}  // namespace airnn
