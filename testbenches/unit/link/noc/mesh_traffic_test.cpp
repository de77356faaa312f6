// SPDX-License-Identifier: Apache-2.0
#include "hw/link/noc/mesh_traffic.h"

#include <gtest/gtest.h>

#include <map>
#include <stdexcept>

#include "testbenches/unit/link/noc/mesh_run.h"

namespace airnn::test {
namespace {

Packets all_of(const MeshParams& mesh, const MeshTrafficParams& params) {
  MeshTraffic traffic(mesh, params);
  Packets packets;
  for (MeshPacket packet; traffic.next(packet);) {
    packets.push_back(packet);
  }
  return packets;
}

TEST(MeshTraffic, IsThatOfAProbabilityPerNodeAndCycle) {
  MeshTrafficParams params;
  params.rate = 0.05;
  params.cycles = 50000;
  const Packets packets = all_of(MeshParams(), params);
  // Mean 40,000, standard deviation 195.
  EXPECT_NEAR(static_cast<double>(packets.size()), 40000, 1000);
  std::map<unsigned, unsigned> sources;
  std::map<unsigned, unsigned> destinations;
  std::uint64_t id = 0;
  std::pair<Cycle, unsigned> before{0, 0};
  unsigned in_a_row = 0;
  std::map<unsigned, Cycle> last;
  for (const MeshPacket& packet : packets) {
    EXPECT_EQ(packet.id, id++);
    EXPECT_NE(packet.source, packet.destination);
    const std::pair<Cycle, unsigned> at{packet.offered, packet.source};
    EXPECT_TRUE(id == 1 || before < at) << "by cycle, then by node; one at a time";
    before = at;
    in_a_row += last.count(packet.source) != 0 && last[packet.source] + 1 == packet.offered;
    last[packet.source] = packet.offered;
    ++sources[packet.source];
    ++destinations[packet.destination];
  }
  EXPECT_NEAR(in_a_row, 0.05 * 40000, 250) << "cycles are independent of each other";
  EXPECT_LT(packets.back().offered, 50000U);
  for (unsigned node = 0; node < 16; ++node) {
    EXPECT_NEAR(sources[node], 2500, 300);
    EXPECT_NEAR(destinations[node], 2500, 300);
  }
}

TEST(MeshTraffic, GoesWhereItsPatternSays) {
  MeshParams mesh;
  mesh.virtual_channels = 2;
  MeshTrafficParams params;
  params.cycles = 200;
  params.hotspot = 6;
  params.flits = 3;
  std::map<unsigned, unsigned> channels;
  const auto check = [&](TrafficPattern pattern, auto destination) {
    params.pattern = pattern;
    params.rate = 1;
    const Packets packets = all_of(mesh, params);
    EXPECT_EQ(packets.size(), 16U * 200) << "at rate 1 every node in every cycle";
    for (const MeshPacket& packet : packets) {
      EXPECT_EQ(packet.destination, destination(packet.source));
      EXPECT_EQ(packet.flits, 3U);
      ++channels[packet.virtual_channel];
    }
  };
  check(TrafficPattern::transpose, [](unsigned node) { return node % 4 * 4 + node / 4; });
  check(TrafficPattern::hotspot, [](unsigned) { return 6U; });
  check(TrafficPattern::neighbour, [](unsigned node) { return node / 4 * 4 + (node + 1) % 4; });
  EXPECT_EQ(channels.size(), 2U);
  EXPECT_NEAR(channels[0], channels[1], 500);
}

TEST(MeshTraffic, IsTheSameForTheSameSeedOnly) {
  MeshTrafficParams params;
  const auto cycles = [&] {
    std::vector<Cycle> offered;
    for (const MeshPacket& packet : all_of(MeshParams(), params)) {
      offered.push_back(packet.offered);
    }
    return offered;
  };
  const auto first = cycles();
  EXPECT_EQ(first, cycles());
  params.seed = 2;
  EXPECT_NE(first, cycles());
}

TEST(MeshTraffic, RefusesWhatCannotBe) {
  const auto refused = [](auto change) {
    MeshParams mesh;
    MeshTrafficParams params;
    change(mesh, params);
    EXPECT_THROW(MeshTraffic(mesh, params), std::invalid_argument);
  };
  refused([](MeshParams&, MeshTrafficParams& params) { params.rate = 0; });
  refused([](MeshParams&, MeshTrafficParams& params) { params.rate = 1.01; });
  refused([](MeshParams&, MeshTrafficParams& params) { params.flits = 256; });
  refused([](MeshParams&, MeshTrafficParams& params) { params.hotspot = 16; });
  refused([](MeshParams& mesh, MeshTrafficParams& params) {
    params.pattern = TrafficPattern::transpose;
    mesh.width = 3;
  });
}

}  // namespace
}  // namespace airnn::test
