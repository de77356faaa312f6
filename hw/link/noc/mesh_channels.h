// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_map>
#include <vector>

#include "hw/link/noc/mesh_fabric.h"

namespace airnn {

/// A stream over the mesh: items from node to node, and a credit back for every item popped.
struct MeshChannel {
  unsigned source = 0;
  unsigned destination = 0;
  unsigned item_channel = 0;    ///< virtual channel of its items
  unsigned credit_channel = 0;  ///< virtual channel of its credits
  unsigned slots = 8;           ///< items under way at most
};

/// Network interfaces as the ends of streams: an item is cut into packets, is there when the tail
/// of its last one is, and gives its slot back by a credit packet. What happens in one cycle
/// happens in the order credits before items, channels by number, so that the order of calls does
/// not matter.
class MeshChannels final : public MeshListener {
 public:
  /// `listener` is told of all packets and flits.
  MeshChannels(const MeshParams& params, std::vector<MeshChannel> channels, MeshListener& listener);

  Cycle now() const { return now_; }
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
  /// Nothing happens before this cycle if nothing is sent or popped; kNever if nothing ever does.
  Cycle next_event() const;
  /// Nothing is under way: no item, no credit.
  bool idle() const;

 private:
  struct State {
    unsigned taken = 0;         ///< slots
    std::uint64_t waiting = 0;  ///< items that can be popped
  };
  struct Outgoing {
    Cycle cycle = 0;
    bool is_item = false;
    std::size_t channel = 0;
    std::vector<unsigned> packets;  ///< flits of each
  };
  struct Packet {
    std::size_t channel = 0;
    bool is_item = false;
    bool is_last = false;  ///< of its item
  };
  struct Arrival {
    Cycle cycle = 0;
    Packet packet;
  };

  void offered(const MeshPacket& packet) override { listener_.offered(packet); }
  void pushed(const FlitPushed& event) override;
  void queue_outgoing();
  void arrive();
  void advance(Cycle limit);

  const std::vector<MeshChannel> channels_;
  MeshListener& listener_;
  MeshFabric fabric_;
  std::vector<State> states_;
  std::vector<Outgoing> outgoing_;  ///< of this cycle, and credits of the next
  std::deque<Arrival> arrivals_;    ///< tails on their way from the last router
  std::unordered_map<std::uint64_t, Packet> under_way_;  ///< by id
  std::uint64_t next_id_ = 0;
  Cycle now_ = 0;
};

}  // namespace airnn
