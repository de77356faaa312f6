// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "testbenches/support/effort.h"
#include "testbenches/unit/link/noc/mesh_run.h"

namespace airnn::test {
namespace {

/// From a packet now and then to more than the mesh can carry; some times to few nodes.
Packets draw_packets(std::mt19937& random, const MeshParams& params) {
  const unsigned count = draw(random, 20, 250);
  const unsigned most_flits = draw(random, 1, 24);
  const unsigned pause = draw(random, 0, 4);
  const unsigned targets =
      draw(random, 0, 2) == 0 ? draw(random, 1, params.nodes()) : params.nodes();
  const unsigned sources =
      draw(random, 0, 3) == 0 ? draw(random, 1, params.nodes()) : params.nodes();
  Packets packets;
  Cycle cycle = 0;
  for (unsigned i = 0; i < count; ++i) {
    cycle += draw(random, 0, pause) == 0 ? draw(random, 0, 2 * pause) : 0;
    packets.push_back({i, cycle, draw(random, 0, sources - 1),
                       params.nodes() - 1 - draw(random, 0, targets - 1),
                       draw(random, 1, most_flits), draw(random, 0, params.virtual_channels - 1)});
  }
  return packets;
}

TEST(MeshFabric, EqualsItsTwinInEveryCycle) {
  std::uint64_t flits = 0;
  for (unsigned seed = 0; seed < drawn_cases(400); ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const MeshParams params = draw_mesh(random);
    const Packets packets = draw_packets(random, params);
    const SeenMesh fabric = run_fabric(params, packets);
    const SeenMesh twin = run_twin(params, packets);
    flits += twin.flits.size();
    for (std::size_t i = 0; i < std::min(fabric.flits.size(), twin.flits.size()); ++i) {
      ASSERT_EQ(fabric.flits[i], twin.flits[i]) << i;
    }
    ASSERT_EQ(fabric.flits.size(), twin.flits.size());
    for (const PacketTimes& packet : fabric.times) {
      ASSERT_NE(packet.tail_ejected, kNever);
    }
  }
  RecordProperty("flits", std::to_string(flits));
}

}  // namespace
}  // namespace airnn::test
