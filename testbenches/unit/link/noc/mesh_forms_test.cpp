// SPDX-License-Identifier: Apache-2.0
//
// What docs/mesh.md states as formulas.
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "testbenches/unit/link/noc/mesh_run.h"

namespace airnn::test {
namespace {

constexpr Cycle kStart = 5;

MeshParams mesh_of(unsigned buffer, Cycle hop, Cycle link) {
  MeshParams params;
  params.buffer_flits = buffer;
  params.hop_cycles = hop;
  params.link_cycles = link;
  return params;
}

MeshPacket packet_of(unsigned id, unsigned source, unsigned destination, unsigned flits) {
  return {id, kStart, source, destination, flits, 0};
}

TEST(MeshForms, AnIdleMeshTakesItsLatency) {
  for (const Cycle hop : {1U, 2U, 3U, 4U}) {
    for (const Cycle link : {1U, 2U}) {
      const MeshParams params = mesh_of(8, hop, link);
      const MeshLayout layout(params);
      for (const unsigned destination : {0U, 1U, 4U, 5U, 15U}) {
        for (const unsigned flits : {1U, 2U, 8U, 31U}) {
          const SeenMesh seen = run_fabric(params, {packet_of(0, 0, destination, flits)});
          const Cycle head = kStart + 1 + (layout.hops(0, destination) + 1) * hop;
          EXPECT_EQ(seen.times[0].head_injected, kStart);
          EXPECT_EQ(seen.times[0].head_ejected, head);
          EXPECT_EQ(seen.times[0].tail_ejected, head + (flits - 1) * link);
        }
      }
    }
  }
}

/// Noxim at 4c8e72d, 4 x 4, no load, links that take two cycles: the head leaves 2 (H + 1) after it
/// was created, and is at the node one later; the tail leaves 2 (H + L) after.
TEST(MeshForms, TakesTheCyclesOfNoximWithoutLoad) {
  const MeshParams params = mesh_of(4, 2, 2);
  const MeshLayout layout(params);
  for (const unsigned destination : {1U, 2U, 3U, 7U, 11U, 15U, 12U}) {
    for (const unsigned flits : {2U, 4U, 8U, 16U}) {
      const SeenMesh seen = run_fabric(params, {packet_of(0, 0, destination, flits)});
      const Cycle hops = layout.hops(0, destination);
      EXPECT_EQ(seen.times[0].head_ejected - kStart, 2 * (hops + 1) + 1);
      EXPECT_EQ(seen.times[0].tail_ejected - kStart, 2 * (hops + flits) + 1);
    }
  }
}

TEST(MeshForms, OneStreamIsAsFastAsItsBuffersAllow) {
  for (const Cycle hop : {1U, 2U, 3U, 4U}) {
    for (const unsigned buffer : {1U, 2U, 3U, 4U, 8U}) {
      for (const Cycle link : {1U, 2U}) {
        const MeshParams params = mesh_of(buffer, hop, link);
        Packets packets;
        Cycle flits = 0;
        for (unsigned i = 0; i < 20; ++i) {
          packets.push_back(packet_of(i, 0, 14, 1 + i % 7));
          flits += 1 + i % 7;
        }
        const Cycle hops = MeshLayout(params).hops(0, 14);
        const Cycle round = std::max(buffer * link, hop + 1);
        EXPECT_EQ(run_fabric(params, packets).last_tail, kStart + (flits - 1) / buffer * round +
                                                             (flits - 1) % buffer * link + 1 +
                                                             (hops + 1) * hop)
            << "B " << buffer << " D " << hop << " C " << link;
      }
    }
  }
}

TEST(MeshForms, PacketsOfOneSourceNeverWaitForEachOther) {
  for (const Cycle link : {1U, 2U}) {
    const MeshParams params = mesh_of(4, 2, link);
    const MeshLayout layout(params);
    Packets packets;
    for (unsigned i = 0; i < 750; ++i) {
      packets.push_back(packet_of(i, 0, 15 - i % 15, 8));
    }
    const SeenMesh seen = run_fabric(params, packets);
    for (unsigned i = 0; i < packets.size(); ++i) {
      const Cycle hops = layout.hops(0, packets[i].destination);
      ASSERT_EQ(seen.times[i].tail_ejected, kStart + (8 * i + 7) * link + 1 + (hops + 1) * 2);
    }
  }
  // 50 rounds of 8 flits to 15 nodes.
  Packets rounds;
  for (unsigned i = 0; i < 750; ++i) {
    rounds.push_back({i, 0, 0, 1 + i % 15, 8, 0});
  }
  EXPECT_EQ(run_fabric(mesh_of(4, 2, 1), rounds).last_tail, 6014U);
  EXPECT_EQ(run_fabric(mesh_of(4, 2, 2), rounds).last_tail, 12013U);
}

TEST(MeshForms, AllToOneKeepTheEjectionBusy) {
  for (const unsigned each : {1U, 10U}) {
    Packets packets;
    for (unsigned i = 0; i < 15 * each; ++i) {
      packets.push_back({i, 0, 1 + i % 15, 0, 8, 0});
    }
    EXPECT_EQ(run_fabric(MeshParams(), packets).last_tail, each == 1 ? 124U : 1204U);
  }
}

/// Memory at a node: weights to all, and a credit back for each.
TEST(MeshForms, CreditsDoNotMoveWeights) {
  for (const unsigned side : {4U, 8U}) {
    for (const unsigned memory : {0U, side + 1}) {
      MeshParams params;
      params.width = side;
      params.height = side;
      std::mt19937 random(side + memory);
      Packets weights;
      for (unsigned i = 0; i < 300; ++i) {
        // Not to itself: its interface is a link that both would share.
        const unsigned other = draw(random, 1, params.nodes() - 1);
        weights.push_back(
            {i, i, memory, (memory + other) % params.nodes(), draw(random, 1, 16), 0});
      }
      const SeenMesh alone = run_fabric(params, weights);
      Packets both = weights;
      for (unsigned i = 0; i < 300; ++i) {
        both.push_back(
            {300 + i, alone.times[i].tail_ejected + 1, weights[i].destination, memory, 1, 0});
      }
      std::stable_sort(both.begin(), both.end(), [](const MeshPacket& a, const MeshPacket& b) {
        return a.offered < b.offered;
      });
      const SeenMesh together = run_fabric(params, both);
      for (unsigned i = 0; i < 300; ++i) {
        EXPECT_EQ(together.times[i].tail_ejected, alone.times[i].tail_ejected);
      }
    }
  }
}

TEST(MeshFabric, RefusesWhatIsNoMesh) {
  SeenMesh seen;
  const auto refused = [&](auto change) {
    MeshParams params;
    change(params);
    EXPECT_THROW(MeshFabric(params, seen), std::invalid_argument);
  };
  refused([](MeshParams& params) { params.width = params.height = 1; });
  refused([](MeshParams& params) { params.width = 17; });
  refused([](MeshParams& params) { params.height = 0; });
  refused([](MeshParams& params) { params.buffer_flits = 65; });
  refused([](MeshParams& params) { params.virtual_channels = 5; });
  refused([](MeshParams& params) { params.hop_cycles = 0; });
  refused([](MeshParams& params) { params.link_cycles = 9; });
}

TEST(MeshFabric, RefusesPacketsThatCannotBe) {
  SeenMesh seen;
  MeshFabric fabric(MeshParams(), seen);
  for (const MeshPacket& packet : {MeshPacket{0, 0, 16, 0, 1, 0}, MeshPacket{0, 0, 0, 16, 1, 0},
                                   MeshPacket{0, 0, 0, 1, 0, 0}, MeshPacket{0, 0, 0, 1, 256, 0},
                                   MeshPacket{0, 0, 0, 1, 1, 1}, MeshPacket{0, 1, 0, 1, 1, 0}}) {
    EXPECT_THROW(fabric.offer(packet), std::invalid_argument);
  }
  EXPECT_TRUE(fabric.idle());
}

}  // namespace
}  // namespace airnn::test
