// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "hw/link/noc/mesh_events.h"
#include "hw/link/noc/mesh_layout.h"
#include "hw/link/noc/mesh_params.h"
#include "hw/link/noc/wake_calendar.h"

namespace airnn {

/// Routers, links and network interfaces of a mesh: decides which flit leaves which buffer in which
/// cycle (docs/mesh.md). Time goes on only when it is told to. A port is looked at only in cycles
/// in which something may have changed for it, so cycles in which nothing moves cost nothing.
class MeshFabric {
 public:
  /// Throws std::invalid_argument for parameters outside their ranges.
  MeshFabric(const MeshParams& params, MeshListener& listener);
  MeshFabric(const MeshFabric&) = delete;
  MeshFabric& operator=(const MeshFabric&) = delete;

  const MeshParams& params() const { return params_; }
  const MeshLayout& layout() const { return layout_; }
  /// Everything before this cycle has happened.
  Cycle now() const { return now_; }
  /// Every flit has left its last router.
  bool idle() const { return under_way_ == 0; }

  /// Queues a packet in cycle now(), in which its head can go. `packet.offered` is now(). Packets
  /// of one virtual channel leave a node in the order in which they were offered.
  void offer(const MeshPacket& packet);
  /// Does all cycles before `limit`.
  void run_until(Cycle limit);
  /// First cycle in which all links are free, if nothing more is sent.
  Cycle links_free_from() const { return links_free_from_; }
  /// The arbiters begin anew: from here on the mesh is as it was at first. Only when it is idle and
  /// its links are free; throws std::logic_error else.
  void settle();
  /// Nothing moves before this cycle if nothing more is offered; kNever if nothing ever does.
  Cycle next_event() const { return calendar_.next(now_); }

 private:
  static constexpr std::uint8_t kNone = 0xff;
  static constexpr std::uint8_t kLastInput = kRouterPorts - 1;
  static constexpr std::uint32_t kNowhere = ~std::uint32_t{0};

  struct Flit {
    std::uint32_t packet = 0;  ///< place in packets_
    std::uint32_t index = 0;
    Cycle ready = 0;  ///< first cycle in which it can leave
  };
  /// Flits that arrived by one input on one virtual channel, or are on the link before it.
  struct Buffer {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    std::uint32_t output = 0;         ///< to which its oldest packet goes
    std::uint32_t feeder = kNowhere;  ///< the output that fills it
    bool feeder_waits = false;        ///< for a slot
    Cycle front_from = kNever;        ///< first cycle in which its oldest flit can leave
    Cycle popped = kNever;            ///< last
  };
  /// What a port keeps of one virtual channel.
  struct OutputChannel {
    std::uint8_t owner = kNone;  ///< input
    std::uint8_t last_owner = kLastInput;
    std::uint8_t heads = 0;           ///< a bit per input whose oldest flit is a head for here
    std::uint32_t behind = kNowhere;  ///< the buffer that it fills
  };
  struct Output {
    Cycle free_from = 0;  ///< first cycle in which its link is free
    std::uint32_t node = 0;
    std::uint8_t port = 0;
    std::uint8_t last_channel = 0;  ///< on which it pushed last
    std::array<OutputChannel, MeshParams::kMostChannels> channels;
  };
  /// Packets that wait at an interface for one virtual channel.
  struct Queue {
    std::deque<std::uint32_t> packets;
    std::uint32_t next_flit = 0;  ///< of the first
  };

  void bind(unsigned node);
  void look_at(Output& output, std::uint32_t number);
  std::uint8_t candidate(const Output& output, const OutputChannel& channel,
                         unsigned virtual_channel) const;
  /// In this cycle there is a slot; else `output` is woken when there may be one.
  bool has_slot(std::uint32_t buffer, std::uint32_t output);
  void push(Output& output, std::uint32_t number, unsigned virtual_channel, unsigned input);
  /// The oldest flit of a buffer goes to a port's channel, which then belongs to this input, or to
  /// none behind a tail.
  Flit take(std::uint32_t buffer, OutputChannel& channel, unsigned input);
  Flit take(Queue& queue);
  void put(std::uint32_t buffer, const Flit& flit);
  void show_front(std::uint32_t buffer, Cycle from);
  bool has_more(const Output& output, unsigned virtual_channel) const;
  std::uint32_t buffer_of(std::uint32_t node, unsigned input, unsigned virtual_channel) const {
    return (node * kRouterPorts + input) * channels_ + virtual_channel;
  }

  const MeshParams params_;
  const unsigned channels_;
  MeshListener& listener_;
  const MeshLayout layout_;
  WakeCalendar calendar_;
  std::vector<Output> outputs_;  ///< by node and sending port
  std::vector<Buffer> buffers_;  ///< by node, input and virtual channel
  std::vector<Flit> flits_;      ///< the slots of all buffers
  std::vector<Queue> queues_;    ///< by node and virtual channel
  std::vector<MeshPacket> packets_;
  std::vector<std::uint32_t> free_packets_;  ///< places in packets_
  std::uint64_t under_way_ = 0;              ///< packets
  Cycle links_free_from_ = 0;
  Cycle now_ = 0;
};

}  // namespace airnn
