// SPDX-License-Identifier: Apache-2.0
#include "hw/link/noc/mesh_actions.h"

namespace airnn {

std::string mesh_price_class(const MeshParams& mesh) {
  std::string name = std::to_string(mesh.flit_bits) + "x" + std::to_string(mesh.buffer_flits);
  if (mesh.virtual_channels > 1) {
    name += "x" + std::to_string(mesh.virtual_channels);
  }
  return name;
}

std::vector<PricedAction> mesh_actions(const std::string& price_class) {
  return {{Action::noc_switch, price_class},
          {Action::noc_link, price_class},
          {Action::noc_route, price_class},
          {Action::noc_router_ps, price_class}};
}

Counts mesh_counts(const std::string& price_class, std::uint64_t flit_hops, std::uint64_t routed,
                   std::uint64_t router_cycles, std::uint64_t period_ps) {
  Counts counts;
  counts[{Action::noc_switch, price_class}] = flit_hops;
  counts[{Action::noc_link, price_class}] = flit_hops;
  counts[{Action::noc_route, price_class}] = routed;
  counts[{Action::noc_router_ps, price_class}] = router_cycles * period_ps;
  return counts;
}

}  // namespace airnn
