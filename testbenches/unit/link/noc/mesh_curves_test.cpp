// SPDX-License-Identifier: Apache-2.0
//
// Mean delay and throughput under load, beside Noxim at 4c8e72d: packets of 8 flits, buffers of 4,
// xy routing, links that take two cycles; cycles 1,000 to 21,000, means of three seeds.
#include <gtest/gtest.h>

#include "hw/link/noc/mesh_traffic.h"
#include "testbenches/unit/link/noc/mesh_run.h"

namespace airnn::test {
namespace {

constexpr Cycle kWarmUp = 1000;
constexpr Cycle kEnd = 21000;

class Window final : public MeshListener {
 public:
  void offered(const MeshPacket&) override {}
  void pushed(const FlitPushed& event) override {
    if (event.output != MeshPort::local || event.arrives < kWarmUp || event.arrives >= kEnd) {
      return;
    }
    ++flits;
    if (event.is_head()) {
      ++heads;
      delays += event.arrives - event.packet->offered;
    }
  }
  std::uint64_t flits = 0;
  std::uint64_t heads = 0;
  std::uint64_t delays = 0;
};

struct Measured {
  double delay = 0;       ///< from offered to head at its node
  double throughput = 0;  ///< flits per node and cycle
};

Measured measure(unsigned side, TrafficPattern pattern, double rate) {
  constexpr unsigned kSeeds = 6;
  Window window;
  MeshParams params;
  params.width = side;
  params.height = side;
  params.link_cycles = 2;
  for (unsigned seed = 1; seed <= kSeeds; ++seed) {
    MeshTrafficParams traffic_params;
    traffic_params.pattern = pattern;
    traffic_params.rate = rate;
    traffic_params.cycles = kEnd;
    traffic_params.seed = seed;
    MeshTraffic traffic(params, traffic_params);
    MeshFabric fabric(params, window);
    for (MeshPacket packet; traffic.next(packet);) {
      fabric.run_until(packet.offered);
      fabric.offer(packet);
    }
    fabric.run_until(kEnd);
  }
  const double cycles = static_cast<double>((kEnd - kWarmUp) * kSeeds * side * side);
  return {static_cast<double>(window.delays) / static_cast<double>(window.heads),
          static_cast<double>(window.flits) / cycles};
}

struct Point {
  unsigned side;
  TrafficPattern pattern;
  double rate;
  double noxim;  ///< delay until the head is at its node, or flits per node and cycle
};

TEST(MeshCurves, DelaysAreThoseOfNoximUpToSixTenthsOfSaturation) {
  for (const Point& point : {Point{4, TrafficPattern::uniform, 0.002, 9.20},
                             Point{4, TrafficPattern::uniform, 0.005, 10.06},
                             Point{4, TrafficPattern::uniform, 0.01, 12.81},
                             Point{4, TrafficPattern::uniform, 0.015, 16.55},
                             Point{8, TrafficPattern::uniform, 0.001, 14.25},
                             Point{8, TrafficPattern::uniform, 0.002, 15.01},
                             Point{8, TrafficPattern::uniform, 0.004, 16.74},
                             Point{8, TrafficPattern::uniform, 0.006, 18.74},
                             Point{8, TrafficPattern::uniform, 0.008, 21.61},
                             Point{8, TrafficPattern::uniform, 0.01, 25.80},
                             Point{4, TrafficPattern::transpose, 0.002, 8.57},
                             Point{4, TrafficPattern::transpose, 0.005, 9.44},
                             Point{4, TrafficPattern::transpose, 0.01, 12.11},
                             Point{8, TrafficPattern::transpose, 0.001, 14.24},
                             Point{8, TrafficPattern::transpose, 0.002, 14.96},
                             Point{8, TrafficPattern::transpose, 0.004, 16.95}}) {
    EXPECT_NEAR(measure(point.side, point.pattern, point.rate).delay / point.noxim, 1, 0.04)
        << point.side << " x " << point.side << " at " << point.rate;
  }
}

TEST(MeshCurves, SaturationIsThatOfNoxim) {
  for (const Point& point : {Point{4, TrafficPattern::uniform, 0.06, 0.260},
                             Point{8, TrafficPattern::uniform, 0.03, 0.143},
                             Point{4, TrafficPattern::transpose, 0.1, 0.3125}}) {
    EXPECT_NEAR(measure(point.side, point.pattern, point.rate).throughput / point.noxim, 1, 0.05)
        << point.side << " x " << point.side;
  }
}

}  // namespace
}  // namespace airnn::test
