// SPDX-License-Identifier: Apache-2.0
#include "sw/results/link_json.h"

#include <utility>

namespace airnn {

nlohmann::ordered_json link_json(const RunRecord& record) {
  using Json = nlohmann::ordered_json;
  LinkRecord link = record.boot_link;
  link += record.link;
  const std::uint64_t cycles = record.total_cycles();
  Json nodes = Json::array();
  for (const LinkNode& node : link.nodes) {
    nodes.push_back({{"node", node.name}, {"x", node.x}, {"y", node.y}, {"units", node.units}});
  }
  Json links = Json::array();
  for (const LinkWire& wire : link.wires) {
    const double share =
        cycles > 0 ? static_cast<double>(wire.load.busy) / static_cast<double>(cycles) : 0;
    links.push_back({{"link", wire.name},
                     {"from", wire.from_units ? Json(nullptr) : Json(link.nodes[wire.from].name)},
                     {"to", wire.to_units ? Json(nullptr) : Json(link.nodes[wire.to].name)},
                     {"flits", wire.load.flits},
                     {"busy", wire.load.busy},
                     {"utilisation", share}});
  }
  return {{"cycles", cycles}, {"nodes", std::move(nodes)}, {"links", std::move(links)}};
}

}  // namespace airnn
