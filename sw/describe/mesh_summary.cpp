// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "hw/link/noc/mesh_actions.h"
#include "hw/link/noc/mesh_layout.h"
#include "sw/console/table.h"
#include "sw/describe/latency_words.h"
#include "sw/describe/mesh_result.h"

namespace airnn {

namespace {

std::string delay_text(const LatencyHistogram& delay) {
  return delay.count() == 0 ? "none" : latency_text(delay, "cycles");
}

std::string source_text(const MeshResult& result) {
  if (!result.traffic) {
    return result.trace_file;
  }
  const MeshTrafficParams& traffic = *result.traffic;
  return fmt::format("{} traffic, {} packets of {} flits per node and cycle",
                     kTrafficNames[static_cast<std::size_t>(traffic.pattern)], traffic.rate,
                     traffic.flits);
}

/// The busiest link between routers, and the busiest interface.
std::string busiest_text(const MeshResult& result) {
  const MeshLayout layout(result.mesh);
  double most = -1;
  std::string link;
  double ejection = 0;
  unsigned at = 0;
  for (unsigned node = 0; node < result.mesh.nodes(); ++node) {
    for (unsigned port = 0; port < 4; ++port) {
      const auto direction = static_cast<MeshPort>(port);
      if (layout.has_neighbour(node, direction) && result.utilisation(node, direction) > most) {
        most = result.utilisation(node, direction);
        link = fmt::format("{} to {}", node, layout.neighbour(node, direction));
      }
    }
    if (result.utilisation(node, MeshPort::local) > ejection) {
      ejection = result.utilisation(node, MeshPort::local);
      at = node;
    }
  }
  return fmt::format("link {} {:.2f} %, ejection at {} {:.2f} %", link, 100 * most, at,
                     100 * ejection);
}

std::string energy_line(const MeshResult& result) {
  const Counts counts = result.counts();
  double leakage = 0;
  double total = 0;
  const PricedAction idle{Action::noc_router_ps, result.price_class};
  for (const auto& [name, pj] :
       result.energy->components(counts, mesh_actions(result.price_class))) {
    total += pj;
    leakage += name == idle.name() ? pj : 0;
  }
  return fmt::format("energy       {:.3f} uJ moving flits, {:.3f} uJ leakage of {} routers\n",
                     (total - leakage) * 1e-6, leakage * 1e-6, result.mesh.nodes());
}

}  // namespace

std::string mesh_summary(const MeshResult& result) {
  const MeshStatistics& statistics = result.statistics;
  std::string text = fmt::format("{} x {} mesh, {}\n\n", result.mesh.width, result.mesh.height,
                                 source_text(result));
  text += fmt::format("cycles       {}\n", count_text(result.cycles));
  text += fmt::format("packets      {} offered, {} delivered\n",
                      count_text(statistics.offered_packets()),
                      count_text(statistics.delivered_packets()));
  text += fmt::format("head delay   {}\n", delay_text(statistics.head_delay()));
  text += fmt::format("tail delay   {}\n", delay_text(statistics.tail_delay()));
  text += fmt::format("at source    {}\n", delay_text(statistics.source_wait()));
  text += fmt::format("throughput   {:.4f} flits per node and cycle, {} flit-hops\n",
                      result.throughput(), count_text(statistics.flit_hops()));
  text += fmt::format("busiest      {}\n", busiest_text(result));
  if (result.energy) {
    text += energy_line(result);
  }
  text += fmt::format(
      "host         {:.2f} s, {:.2f} million cycles/s\n", result.host_seconds,
      static_cast<double>(result.cycles + statistics.from()) * 1e-6 / result.host_seconds);
  return text;
}

}  // namespace airnn
