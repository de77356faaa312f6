// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/common/cycle.h"

namespace airnn {

/// In which direction a packet goes first: along its row (xy) or its column (yx).
enum class MeshRouting : std::uint8_t { xy, yx };

/// The routers and links of a mesh. Node `y * width + x`; y grows to the south.
struct MeshParams {
  static constexpr unsigned kMostSide = 16;
  static constexpr unsigned kMostChannels = 4;

  unsigned width = 4;             ///< nodes, 1..16
  unsigned height = 4;            ///< nodes, 1..16; at least two nodes in all
  unsigned flit_bits = 32;        ///< of a link, a power of two, 16..512
  unsigned buffer_flits = 4;      ///< of each input and virtual channel of a router, 1..64
  unsigned virtual_channels = 1;  ///< 1..4
  MeshRouting routing = MeshRouting::xy;
  Cycle hop_cycles = 2;   ///< from push to push of a flit by two routers, 1..16
  Cycle link_cycles = 1;  ///< that a flit keeps a link, 1..8

  unsigned nodes() const { return width * height; }
  /// So few flits of buffers hold up even a single stream.
  bool is_starved() const { return buffer_flits * link_cycles < hop_cycles + 1; }
};

/// Bits of a packet beside its payload: destination, source, channel, flits.
inline constexpr std::uint64_t kPacketHeaderBits = 32;
/// Flits of the longest packet.
inline constexpr unsigned kMostPacketFlits = 255;

/// Flits of a packet with so many bits of payload.
constexpr std::uint64_t packet_flits(std::uint64_t payload_bits, unsigned flit_bits) {
  return (kPacketHeaderBits + payload_bits + flit_bits - 1) / flit_bits;
}

}  // namespace airnn
