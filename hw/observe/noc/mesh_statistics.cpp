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

}  // namespace airnn
