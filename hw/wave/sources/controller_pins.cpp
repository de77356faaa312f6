// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/sources/controller_pins.h"

#include "hw/wave/wave_states.h"

namespace airnn {

ControllerPins::ControllerPins(WaveTree& tree, const std::string& scope)
    : state_(tree.add(scope, "state", WaveType::state(controller_states()))),
      input_(tree.add(scope, "input", WaveType::number(32))),
      iteration_(tree.add(scope, "iteration", WaveType::number(32))) {
  own(state_, tree);
}

void ControllerPins::show(Cycle cycle, WaveWriter& writer) {
  StateEntered last;
  while (events_.has(cycle)) {
    last = events_.take();
  }
  writer.set(state_, static_cast<std::uint64_t>(last.state));
  writer.set(input_, last.input);
  writer.set(iteration_, last.iteration);
}

}  // namespace airnn
