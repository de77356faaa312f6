// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/sources/layer_pins.h"

#include "hw/wave/wave_states.h"

namespace airnn {

namespace {

constexpr std::uint64_t number(LayerState state) {
  return static_cast<std::uint64_t>(state);
}

}  // namespace

LayerPins::LayerPins(WaveTree& tree, const std::string& scope)
    : state_(tree.add(scope, "state", WaveType::state(layer_states()))),
      busy_(tree.add(scope, "busy", WaveType::bit())),
      stalled_(tree.add(scope, "stalled", WaveType::bit())),
      input_(tree.add(scope, "input", WaveType::number(32))),
      iteration_(tree.add(scope, "iteration", WaveType::number(32))),
      slot_(tree.add(scope, "slot", WaveType::number(64))) {
  own(state_, tree);
}

void LayerPins::started(const LayerStarted& event) {
  // The run before ends with an idle part, which this one may replace.
  if (!parts_.empty() && parts_.back().begin >= event.start) {
    parts_.pop_back();
  }
  Part part;
  part.input = event.input;
  part.iteration = event.iteration;
  part.begin = event.start;
  for (const IssueRun& run : *event.issues) {
    if (run.begin > part.begin) {
      part.end = run.begin;
      part.state = number(LayerState::stalled);
      parts_.push_back(part);
    }
    part.begin = run.begin;
    part.end = run.begin + run.slots;
    part.state = number(LayerState::issuing);
    part.slot = run.slot;
    parts_.push_back(part);
    part.slot += run.slots;
    part.begin = part.end;
  }
  if (part.begin < event.finish) {
    part.end = event.finish;
    part.state = number(LayerState::draining);
    parts_.push_back(part);
  }
  part.begin = part.end = event.finish;
  part.state = number(LayerState::idle);
  parts_.push_back(part);
}

void LayerPins::show(Cycle cycle, WaveWriter& writer) {
  Part& part = parts_.front();
  const bool issues = part.state == number(LayerState::issuing);
  writer.set(state_, part.state);
  writer.set(busy_, part.state == number(LayerState::idle) ? 0 : 1);
  writer.set(stalled_, part.state == number(LayerState::stalled) ? 1 : 0);
  writer.set(input_, part.input);
  writer.set(iteration_, part.iteration);
  if (issues) {
    writer.set(slot_, part.slot);
  }
  if (issues && writer.is_traced(slot_) && cycle + 1 < part.end) {
    part.begin = cycle + 1;
    ++part.slot;
  } else {
    parts_.pop_front();
  }
}

}  // namespace airnn
