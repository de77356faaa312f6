// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/noc/mesh_monitor.h"

#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <vector>

#include "hw/link/noc/mesh_fabric.h"
#include "hw/link/noc/mesh_traffic.h"
#include "testbenches/reference/mesh_twin.h"
#include "testbenches/support/effort.h"

namespace airnn::test {
namespace {

constexpr Cycle kCycles = 500;

struct Case {
  MeshParams mesh;
  MeshTrafficParams traffic;
};

Case draw_case(unsigned seed) {
  std::mt19937 random(seed);
  Case drawn;
  drawn.mesh.width = 2 + static_cast<unsigned>(random() % 4);
  drawn.mesh.height = 1 + static_cast<unsigned>(random() % 4);
  drawn.mesh.buffer_flits = 1 + static_cast<unsigned>(random() % 4);
  drawn.mesh.virtual_channels = 1 + static_cast<unsigned>(random() % 3);
  drawn.mesh.hop_cycles = 1 + random() % 3;
  drawn.mesh.link_cycles = 1 + random() % 2;
  drawn.traffic.rate = 0.03;
  drawn.traffic.cycles = kCycles;
  drawn.traffic.flits = 2 + static_cast<unsigned>(random() % 8);
  drawn.traffic.seed = seed;
  return drawn;
}

struct Flawed {
  std::optional<Cycle> went_wrong;
  std::vector<MeshViolation> found;
};

/// A mesh of which one router goes wrong once, from cycle `from` on.
Flawed run_flawed(const Case& drawn, MeshFlaw flaw, Cycle from) {
  Flawed result;
  MeshMonitor monitor(drawn.mesh,
                      [&](const MeshViolation& found) { result.found.push_back(found); });
  MeshTwin twin(drawn.mesh, monitor);
  twin.plant(flaw, from);
  MeshTraffic traffic(drawn.mesh, drawn.traffic);
  MeshPacket packet;
  bool more = traffic.next(packet);
  constexpr Cycle kEnd = 20 * kCycles;
  for (Cycle t = 0; t < kEnd && result.found.empty(); ++t) {
    for (; more && packet.offered == t; more = traffic.next(packet)) {
      twin.offer(packet);
    }
    twin.step(t);
  }
  result.went_wrong = twin.went_wrong();
  if (result.found.empty()) {
    monitor.finish(kEnd);
  }
  return result;
}

TEST(MeshMonitor, AcceptsWhatTheMeshDoes) {
  for (unsigned seed = 0; seed < drawn_cases(100); ++seed) {
    const Case drawn = draw_case(seed);
    MeshMonitor monitor(drawn.mesh, [&](const MeshViolation& found) {
      ADD_FAILURE() << "seed " << seed << ": " << found.text();
    });
    MeshFabric fabric(drawn.mesh, monitor);
    MeshTraffic traffic(drawn.mesh, drawn.traffic);
    for (MeshPacket packet; traffic.next(packet);) {
      fabric.run_until(packet.offered);
      fabric.offer(packet);
    }
    while (!fabric.idle()) {
      fabric.run_until(fabric.now() + kCycles);
    }
    monitor.finish(fabric.now());
  }
}

struct Planted {
  MeshFlaw flaw;
  const char* rule;
};

class BrokenRouter : public testing::TestWithParam<Planted> {};

TEST_P(BrokenRouter, IsCaughtInItsCycleByItsRule) {
  unsigned caught = 0;
  for (unsigned seed = 0; seed < drawn_cases(60); ++seed) {
    SCOPED_TRACE(seed);
    const Flawed result = run_flawed(draw_case(seed), GetParam().flaw, seed % 200);
    if (!result.went_wrong) {
      EXPECT_TRUE(result.found.empty()) << result.found.front().text();
      continue;
    }
    ++caught;
    ASSERT_FALSE(result.found.empty());
    EXPECT_STREQ(result.found.front().rule, GetParam().rule) << result.found.front().text();
    EXPECT_EQ(result.found.front().cycle, *result.went_wrong) << result.found.front().text();
  }
  EXPECT_GT(caught, drawn_cases(60) / 6) << "cases in which a router could go wrong";
}

INSTANTIATE_TEST_SUITE_P(
    Flaws, BrokenRouter,
    testing::Values(Planted{MeshFlaw::loses_flit, "N1"}, Planted{MeshFlaw::repeats_flit, "N1"},
                    Planted{MeshFlaw::swaps_flits, "N1"}, Planted{MeshFlaw::turns_wrong, "N1"},
                    Planted{MeshFlaw::overfills, "N2"}, Planted{MeshFlaw::early, "N2"},
                    Planted{MeshFlaw::mixes_packets, "N3"}, Planted{MeshFlaw::hurries, "N3"}));

TEST(MeshMonitor, NamesAPacketThatNeverArrives) {
  const Flawed result = run_flawed(draw_case(3), MeshFlaw::keeps_packet, 100);
  ASSERT_FALSE(result.found.empty());
  EXPECT_STREQ(result.found.front().rule, "N4");
  EXPECT_NE(result.found.front().text().find("never reached node"), std::string::npos);
}

/// Packets that overtake each other, or come out twice, are seen though every flit is in its place.
TEST(MeshMonitor, SeesPacketsOutOfOrderAndASecondTime) {
  std::vector<std::string> found;
  PacketRule rule(MeshParams(),
                  [&](const MeshViolation& violation) { found.push_back(violation.text()); });
  const MeshPacket first{0, 0, 0, 0, 1, 0};
  const MeshPacket second{1, 0, 0, 0, 1, 0};
  rule.offered(first);
  rule.offered(second);
  const auto push = [&](Cycle cycle, const MeshPacket& packet, MeshPort output, MeshPort input) {
    rule.pushed({cycle, cycle + 1, &packet, 0, 0, output, input});
  };
  push(3, second, MeshPort::interface, MeshPort::interface);
  push(4, second, MeshPort::local, MeshPort::local);
  push(9, second, MeshPort::local, MeshPort::local);
  EXPECT_EQ(
      found,
      std::vector<std::string>(
          {"N1: flit 0 of packet 1 enters the mesh at node 0 in cycle 3: the oldest in its buffer "
           "is "
           "flit 0 of packet 0",
           "N1: flit 0 of packet 1 leaves the mesh at node 0 in cycle 4: packet 0 of the same way "
           "was "
           "offered earlier",
           "N1: flit 0 of packet 1 leaves the mesh at node 0 in cycle 9: no flit is in its buffer",
           "N1: flit 0 of packet 1 leaves the mesh at node 0 in cycle 9: the packet has left "
           "before, or "
           "never entered"}));
}

}  // namespace
}  // namespace airnn::test
