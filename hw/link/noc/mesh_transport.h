// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <tuple>
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
};

/// Told of what reaches the other end of a channel.
class MeshReceiver {
 public:
  virtual ~MeshReceiver() = default;
  /// An item, or a credit, is there in this cycle, which lies ahead of what was done.
  virtual void arrives(std::size_t channel, bool is_item, Cycle cycle) = 0;
};

/// Network interfaces that carry items and credits of channels: an item is cut into packets, and is
/// there when the tail of its last one is. What an interface queues in one cycle is in the order
/// credits before items, channels by number, so that the order of calls does not matter.
class MeshTransport final : MeshListener {
 public:
  /// `listener` is told of all packets and flits.
  MeshTransport(const MeshParams& params, MeshReceiver& receiver, MeshListener& listener);

  /// Returns its number: 0, 1, 2 ...
  std::size_t add(const MeshChannel& channel);

  /// Everything before this cycle has happened.
  Cycle now() const { return fabric_.now(); }
  /// Queues an item in `cycle`, not before now(): packets of so many flits.
  void send(std::size_t channel, Cycle cycle, std::vector<unsigned> packets);
  /// Queues the credit of an item that was popped in the cycle before.
  void send_credit(std::size_t channel, Cycle cycle);

  /// Does all cycles before `limit`.
  void run_until(Cycle limit);
  /// Nothing happens before this cycle if nothing else is sent; kNever if nothing ever does.
  Cycle next_event() const;
  /// No packet is queued or under way.
  bool idle() const { return outgoing_.empty() && fabric_.idle(); }
  /// As of the fabric.
  Cycle links_free_from() const { return fabric_.links_free_from(); }
  void settle() { fabric_.settle(); }

 private:
  /// Cycle, whether it is an item, channel, and the order in which it was sent.
  using Place = std::tuple<Cycle, bool, std::size_t, std::uint64_t>;
  struct Packet {
    std::size_t channel = 0;
    bool is_item = false;
    bool is_last = false;  ///< of its item
  };

  void offered(const MeshPacket& packet) override { listener_.offered(packet); }
  void pushed(const FlitPushed& event) override;
  void offer(const Place& place, const std::vector<unsigned>& packets);

  MeshReceiver& receiver_;
  MeshListener& listener_;
  MeshFabric fabric_;
  unsigned credit_flits_;
  std::vector<MeshChannel> channels_;
  std::map<Place, std::vector<unsigned>> outgoing_;      ///< flits of each packet
  std::unordered_map<std::uint64_t, Packet> under_way_;  ///< by id
  std::uint64_t next_id_ = 0;
  std::uint64_t sent_ = 0;
};

}  // namespace airnn
