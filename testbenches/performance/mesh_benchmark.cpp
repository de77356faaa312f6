// SPDX-License-Identifier: Apache-2.0
//
// Speed of the mesh alone under uniform traffic, packets of 8 flits, light and heavy.
//
//   airnn_performance_mesh [--cycles N]
//
// Every line is the fastest of three runs, per second of the processor; drawing the traffic is part
// of them.

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <string>

#include "hw/link/noc/mesh_fabric.h"
#include "hw/link/noc/mesh_traffic.h"
#include "testbenches/performance/benchmark_options.h"

namespace airnn::test {
namespace {

constexpr int kRuns = 3;
constexpr double kLight = 0.001;
constexpr double kHeavy = 0.03;

class FlitCount final : public MeshListener {
 public:
  void offered(const MeshPacket&) override {}
  void pushed(const FlitPushed& event) override {
    flits += event.output == MeshPort::interface ? 0 : 1;
  }
  std::uint64_t flits = 0;  ///< that left a router
};

void measure(unsigned side, Cycle link_cycles, double rate, Cycle cycles) {
  MeshParams mesh;
  mesh.width = side;
  mesh.height = side;
  mesh.link_cycles = link_cycles;
  MeshTrafficParams traffic;
  traffic.rate = rate;
  traffic.cycles = cycles;
  double seconds = 1e300;
  std::uint64_t flits = 0;
  for (int i = 0; i < kRuns; ++i) {
    const std::clock_t start = std::clock();
    FlitCount count;
    MeshFabric fabric(mesh, count);
    MeshTraffic packets(mesh, traffic);
    for (MeshPacket packet; packets.next(packet);) {
      fabric.run_until(packet.offered);
      fabric.offer(packet);
    }
    fabric.run_until(cycles);
    seconds = std::min(seconds, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    flits = count.flits;
  }
  fmt::print(
      "{:>2} x {:<2}  link {}  rate {:<5}  {:>8.3f} million cycles/s  {:>6.1f} million "
      "flit-hops/s\n",
      side, side, link_cycles, rate, static_cast<double>(cycles) * 1e-6 / seconds,
      static_cast<double>(flits) * 1e-6 / seconds);
}

}  // namespace
}  // namespace airnn::test

int main(int argc, char** argv) {
  const auto options = airnn::test::benchmark_options(argc, argv, {{"--cycles", "200000"}});
  const airnn::Cycle cycles = std::stoull(options.at("--cycles"));
  for (const unsigned side : {4U, 8U, 16U}) {
    for (const airnn::Cycle link : {1U, 2U}) {
      airnn::test::measure(side, link, airnn::test::kLight, cycles * 10);
      airnn::test::measure(side, link, airnn::test::kHeavy, cycles);
    }
  }
  return 0;
}
