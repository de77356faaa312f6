// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "hw/link/noc/mesh_actions.h"
#include "hw/link/noc/mesh_layout.h"
#include "hw/sim/config_json.h"
#include "sw/describe/latency_words.h"
#include "sw/describe/mesh_result.h"
#include "sw/results/counts_json.h"
#include "sw/version/version.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

double mesh_ratio(double part, double whole) {
  return whole > 0 ? part / whole : 0;
}

Json delay_json(const LatencyHistogram& delay) {
  return delay.count() == 0 ? Json(nullptr) : latency_json(delay);
}

Json traffic_json(const MeshTrafficParams& traffic, Cycle warm_up) {
  Json json = {{"pattern", kTrafficNames[static_cast<std::size_t>(traffic.pattern)]},
               {"rate", traffic.rate},
               {"cycles", traffic.cycles},
               {"warm_up", warm_up},
               {"flits", traffic.flits},
               {"seed", traffic.seed}};
  if (traffic.pattern == TrafficPattern::hotspot) {
    json["hotspot"] = traffic.hotspot;
  }
  return json;
}

Json links_json(const MeshResult& result) {
  const MeshLayout layout(result.mesh);
  Json links = Json::array();
  const auto add = [&](unsigned node, MeshPort port, const char* name, Json to) {
    links.push_back({{"node", node},
                     {"port", name},
                     {"to", std::move(to)},
                     {"flits", result.statistics.sent(node, port)},
                     {"utilisation", result.utilisation(node, port)}});
  };
  for (unsigned node = 0; node < result.mesh.nodes(); ++node) {
    constexpr const char* kNames[] = {"north", "east", "south", "west"};
    for (unsigned port = 0; port < 4; ++port) {
      const auto direction = static_cast<MeshPort>(port);
      if (layout.has_neighbour(node, direction)) {
        add(node, direction, kNames[port], layout.neighbour(node, direction));
      }
    }
    add(node, MeshPort::local, "ejection", nullptr);
    add(node, MeshPort::interface, "injection", node);
  }
  return links;
}

}  // namespace

Counts MeshResult::counts() const {
  return mesh_counts(price_class, statistics.flit_hops(), statistics.routed(),
                     cycles * mesh.nodes(), period_ps);
}

double MeshResult::throughput() const {
  return mesh_ratio(static_cast<double>(statistics.delivered_flits()),
                    static_cast<double>(cycles) * mesh.nodes());
}

double MeshResult::utilisation(unsigned node, MeshPort port) const {
  const std::uint64_t taken = statistics.sent(node, port) * mesh.link_cycles;
  return mesh_ratio(static_cast<double>(taken), static_cast<double>(cycles));
}

Json mesh_json(const MeshResult& result) {
  const MeshStatistics& statistics = result.statistics;
  Json json = Json::object();
  json["schema"] = 1;
  json["version"] = program_version();
  json["config"] = config_json(result.config);
  json["trace"] = result.trace_file.empty() ? Json(nullptr) : Json(result.trace_file);
  json["traffic"] =
      result.traffic ? traffic_json(*result.traffic, statistics.from()) : Json(nullptr);
  json["complete"] = result.complete;
  json["cycles"] = result.cycles;
  json["packets"] = {{"offered", statistics.offered_packets()},
                     {"delivered", statistics.delivered_packets()}};
  json["flits"] = {{"offered", statistics.offered_flits()},
                   {"delivered", statistics.delivered_flits()},
                   {"hops", statistics.flit_hops()}};
  json["throughput"] = result.throughput();
  json["head_delay"] = delay_json(statistics.head_delay());
  json["tail_delay"] = delay_json(statistics.tail_delay());
  json["source_wait"] = delay_json(statistics.source_wait());
  json["links"] = links_json(result);
  const Counts counts = result.counts();
  const std::vector<PricedAction> actions = mesh_actions(result.price_class);
  json["counts"] = counts_json(counts, actions);
  json["energy_pj"] = nullptr;
  if (result.energy) {
    json["energy_pj"] = energy_json(*result.energy, counts, actions);
  }
  json["host"] = {
      {"seconds", result.host_seconds},
      {"cycles_per_second",
       mesh_ratio(static_cast<double>(result.cycles + statistics.from()), result.host_seconds)}};
  return json;
}

}  // namespace airnn
