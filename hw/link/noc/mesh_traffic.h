// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <queue>
#include <random>
#include <utility>
#include <vector>

#include "hw/link/noc/mesh_events.h"
#include "hw/link/noc/mesh_params.h"

namespace airnn {

/// Where nodes send to.
enum class TrafficPattern : std::uint8_t {
  uniform,    ///< any other node, all alike
  transpose,  ///< (x, y) to (y, x); the diagonal to itself. Width and height must be equal
  hotspot,    ///< one node, itself included
  neighbour,  ///< the next node to the east, in the last column the first of the row
};

struct MeshTrafficParams {
  TrafficPattern pattern = TrafficPattern::uniform;
  double rate = 0.01;    ///< packets per node and cycle, above 0 and at most 1
  Cycle cycles = 20000;  ///< in which packets are offered: 0 .. cycles - 1
  std::uint64_t seed = 1;
  unsigned flits = 8;    ///< of a packet
  unsigned hotspot = 0;  ///< node
};

/// Synthetic traffic: in each cycle each node offers a packet with the same probability, all
/// independent of each other. Virtual channels are drawn with equal probability. Equal parameters
/// give equal packets on every machine.
class MeshTraffic {
 public:
  /// Throws std::invalid_argument for parameters outside their ranges.
  MeshTraffic(const MeshParams& mesh, const MeshTrafficParams& params);

  /// The next packet, by cycle and then by source; false if no more are offered.
  bool next(MeshPacket& packet);

 private:
  /// Cycles up to and with that of a node's next packet.
  Cycle draw_gap();
  unsigned draw_below(unsigned limit);
  unsigned destination_of(unsigned source);

  static constexpr std::size_t kPowers = 40;

  const MeshParams mesh_;
  const MeshTrafficParams params_;
  std::mt19937_64 random_;
  std::array<double, kPowers> silent_{};    ///< probability of 2^i cycles without a packet
  using Next = std::pair<Cycle, unsigned>;  ///< cycle and node
  std::priority_queue<Next, std::vector<Next>, std::greater<>> next_;
  std::uint64_t id_ = 0;
};

}  // namespace airnn
