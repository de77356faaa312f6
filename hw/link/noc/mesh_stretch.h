// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/common/cycle.h"

namespace airnn {

/// An item or a credit that is queued at its interface.
struct MeshSend {
  Cycle cycle = 0;
  std::uint32_t channel = 0;
  std::uint32_t packets = 0;  ///< number of a list of flits; 0: a credit

  bool is_item() const { return packets != 0; }
  /// The order in which interfaces queue them: credits before items, channels by number.
  bool is_before(const MeshSend& other) const {
    if (cycle != other.cycle || is_item() != other.is_item()) {
      return cycle != other.cycle ? cycle < other.cycle : other.is_item();
    }
    return channel < other.channel;
  }
  friend bool operator==(const MeshSend& a, const MeshSend& b) {
    return a.cycle == b.cycle && a.channel == b.channel && a.packets == b.packets;
  }
};

/// An item or a credit that reaches the other end.
struct MeshArrival {
  Cycle pushed = 0;  ///< its last flit, by its last router
  Cycle cycle = 0;
  std::uint32_t channel = 0;
  bool is_item = false;

  friend bool operator==(const MeshArrival& a, const MeshArrival& b) {
    return a.pushed == b.pushed && a.cycle == b.cycle && a.channel == b.channel &&
           a.is_item == b.is_item;
  }
};

/// What all routers do in each cycle of [begin, end).
struct MeshWork {
  Cycle begin = 0;
  Cycle end = 0;
  std::uint32_t flit_hops = 0;  ///< flits that pass a router
  std::uint32_t routed = 0;     ///< heads that a router sends to another
};

/// What a mesh did from rest on, with cycles that count from there: what it was given, and what
/// came of it. Equal sends have equal arrivals and equal work.
class MeshStretch {
 public:
  std::vector<MeshSend> sends;        ///< in the order in which they are queued
  std::vector<MeshArrival> arrivals;  ///< by `pushed`
  std::vector<MeshWork> work;

  /// A router did something in this cycle, the last so far or a later one.
  void add_work(Cycle cycle, bool is_routed);
  /// The other one was at rest in between, and was this one until then.
  bool is_begin_of(const MeshStretch& other) const;
  /// As long as the same was sent in both, the same arrived.
  bool agrees_with(const MeshStretch& other) const;
};

}  // namespace airnn
