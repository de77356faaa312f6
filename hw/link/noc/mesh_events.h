// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/common/cycle.h"

namespace airnn {

/// What a mesh carries from node to node.
struct MeshPacket {
  std::uint64_t id = 0;  ///< the sender's; no two under way have the same
  Cycle offered = 0;     ///< in which it is queued at its source
  unsigned source = 0;
  unsigned destination = 0;
  unsigned flits = 1;  ///< 1..255
  unsigned virtual_channel = 0;
};

/// Ports of a router. `local` leads to the network interface of the node as an output, and comes
/// from it as an input. `interface` is the interface itself as a sender.
enum class MeshPort : std::uint8_t { north, east, south, west, local, interface };
inline constexpr unsigned kRouterPorts = 5;
inline constexpr unsigned kSendingPorts = 6;

/// A flit leaves its buffer, or its interface, and is on its way to the next.
struct FlitPushed {
  Cycle cycle = 0;
  Cycle arrives = 0;  ///< at the next router's input, or at the interface of the destination
  const MeshPacket* packet = nullptr;
  unsigned flit = 0;  ///< of the packet: 0 is the head
  unsigned node = 0;
  MeshPort output = MeshPort::local;
  MeshPort input = MeshPort::interface;  ///< of an interface: `interface`

  bool is_head() const { return flit == 0; }
  bool is_tail() const { return flit + 1 == packet->flits; }
};

/// Told of all that happens in a mesh, in the order of cycles.
class MeshListener {
 public:
  virtual ~MeshListener() = default;
  virtual void offered(const MeshPacket& packet) = 0;
  virtual void pushed(const FlitPushed& event) = 0;
};

}  // namespace airnn
