// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/noc/mesh_statistics.h"

namespace airnn {

void MeshStatistics::pushed(const FlitPushed& event) {
  if (event.cycle < from_) {
    return;
  }
  ++sent_[event.node * kSendingPorts + static_cast<std::size_t>(event.output)];
  const Cycle offered = event.packet->offered;
  if (event.output == MeshPort::interface) {
    if (event.is_head()) {
      source_wait_.add(event.cycle - offered);
    }
    return;
  }
  ++flit_hops_;
  if (event.output != MeshPort::local) {
    routed_ += event.is_head() ? 1 : 0;
    return;
  }
  ++delivered_flits_;
  if (event.is_head()) {
    head_delay_.add(event.arrives - offered);
  }
  if (event.is_tail()) {
    tail_delay_.add(event.arrives - offered);
    last_arrival_ = event.arrives;
  }
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

std::vector<PricedAction> mesh_actions(const std::string& price_class) {
  return {{Action::noc_switch, price_class},
          {Action::noc_link, price_class},
          {Action::noc_route, price_class},
          {Action::noc_router_ps, price_class}};
}

}  // namespace airnn
