// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/noc/slot_rule.h"

#include <string>
#include <utility>

namespace airnn {

SlotRule::SlotRule(const MeshParams& params, MeshReport report)
    : params_(params), places_(params), report_(std::move(report)), buffers_(places_.buffers()) {}

void SlotRule::pushed(const FlitPushed& event) {
  if (event.output != MeshPort::interface) {
    leave(event);
  }
  if (!MeshPlaces::leaves_mesh(event)) {
    enter(event);
  }
}

void SlotRule::leave(const FlitPushed& event) {
  Buffer& buffer = buffers_[places_.left_by(event)];
  if (buffer.arrivals.empty()) {
    return;  // that is N1
  }
  if (buffer.arrivals.front() > event.cycle) {
    report_(violation_by(event, "N2",
                         "it arrives in cycle " + std::to_string(buffer.arrivals.front())));
  }
  buffer.arrivals.pop_front();
  buffer.left = event.cycle;
}

void SlotRule::enter(const FlitPushed& event) {
  Buffer& buffer = buffers_[places_.entered_by(event)];
  const std::size_t taken = buffer.arrivals.size() + (buffer.left == event.cycle ? 1 : 0);
  if (taken >= params_.buffer_flits) {
    report_(violation_by(
        event, "N2",
        "all " + std::to_string(params_.buffer_flits) + " slots of the next buffer are taken"));
  }
  const Cycle way = event.output == MeshPort::interface ? 1 : params_.hop_cycles;
  buffer.arrivals.push_back(event.cycle + way);
}

}  // namespace airnn
