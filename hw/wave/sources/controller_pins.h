// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/control/control_events.h"
#include "hw/wave/sources/timed_queue.h"
#include "hw/wave/wave_source.h"

namespace airnn {

/// State of the Read Weight Controller, and the input and iteration that it works on. Of several
/// states in one cycle the last is shown.
class ControllerPins final : public WaveSource {
 public:
  ControllerPins(WaveTree& tree, const std::string& scope);

  void entered(const StateEntered& event) { events_.add(event.cycle, event); }

  Cycle next() const override { return events_.next(); }
  void show(Cycle cycle, WaveWriter& writer) override;

 private:
  WaveId state_, input_, iteration_;
  TimedQueue<StateEntered> events_;
};

}  // namespace airnn
