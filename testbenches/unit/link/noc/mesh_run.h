// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <random>
#include <vector>

#include "hw/link/noc/mesh_fabric.h"
#include "testbenches/reference/mesh_twin.h"

namespace airnn::test {

/// A flit that left a port, for comparison.
struct SeenFlit {
  Cycle cycle = 0;
  Cycle arrives = 0;
  std::uint64_t packet = 0;
  unsigned flit = 0;
  unsigned node = 0;
  MeshPort output = MeshPort::local;
  MeshPort input = MeshPort::local;
};
bool operator==(const SeenFlit& a, const SeenFlit& b);
std::ostream& operator<<(std::ostream& out, const SeenFlit& seen);

/// When a packet went by.
struct PacketTimes {
  Cycle head_injected = kNever;
  Cycle head_ejected = kNever;
  Cycle tail_ejected = kNever;
};

/// Remembers everything.
class SeenMesh final : public MeshListener {
 public:
  void offered(const MeshPacket& packet) override;
  void pushed(const FlitPushed& event) override;

  std::vector<SeenFlit> flits;
  std::vector<PacketTimes> times;  ///< by id
  Cycle last_tail = 0;             ///< ejected
};

/// In the order of cycles; ids count from 0.
using Packets = std::vector<MeshPacket>;

/// Until all have arrived.
SeenMesh run_fabric(const MeshParams& params, const Packets& packets);
SeenMesh run_twin(const MeshParams& params, const Packets& packets);

MeshParams draw_mesh(std::mt19937& random);
unsigned draw(std::mt19937& random, unsigned from, unsigned to);

}  // namespace airnn::test
