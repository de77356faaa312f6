// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/critical_path.h"

#include <algorithm>
#include <utility>

#include "sw/format/network.h"

namespace airnn {

CriticalPath::CriticalPath(std::vector<LayerSources> layers)
    : layers_(std::move(layers)), runs_(layers_.size()) {}

void CriticalPath::computed(const LayerDone& event) {
  runs_[event.layer] = {event.start, event.finish, event.stalled > 0};
}

PathCycles CriticalPath::entered(const StateEntered& event) {
  PathCycles path;
  path.layers.resize(layers_.size());
  const Cycle cycles = event.cycle - state_.cycle;
  switch (state_.state) {
    case ControllerState::boot:
    case ControllerState::idle:
      break;
    case ControllerState::reset_buffers:
      path.controller = cycles;
      break;
    case ControllerState::load_input:
      split_fetch(path, cycles, &PathCycles::input_buffer);
      break;
    case ControllerState::fetch_batch:
      split_fetch(path, cycles, &PathCycles::addresses);
      break;
    case ControllerState::configure:
      // Waits for the tables; units that must take the message are the controller's part.
      path.memory = spent_.waiting_for_input;
      path.controller = cycles - path.memory;
      break;
    case ControllerState::finish:
      // Waits for what is left of a needless prefetch.
      path.memory = spent_.waiting_for_input;
      path.controller = cycles - path.memory;
      break;
    case ControllerState::drain:
      path.addresses = cycles;
      break;
    case ControllerState::compute:
      split_compute(path, state_.cycle, event.cycle);
      break;
    case ControllerState::await_decision:
      path.score = cycles;
      break;
  }
  state_ = event;
  return path;
}

/// The controller works, or waits for the memory, or for the unit that takes its beats.
void CriticalPath::split_fetch(PathCycles& path, Cycle cycles,
                               std::uint64_t PathCycles::*receiver) const {
  path.memory = spent_.waiting_for_input;
  path.*receiver = spent_.waiting_for_credit;
  path.controller = cycles - path.memory - path.*receiver;
}

/// Backwards from the last layer. One that never stalled bounded all the time from its start on;
/// one that did can only have done so since the last of its operands was complete.
void CriticalPath::split_compute(PathCycles& path, Cycle begin, Cycle end) const {
  Cycle until = end;
  auto layer = static_cast<std::int32_t>(layers_.size()) - 1;
  while (layer != kNetworkInput) {
    const Run& run = runs_[static_cast<std::size_t>(layer)];
    const std::int32_t source = last_source(layer);
    const Cycle from = run.has_stalled ? std::max(run.start, finish_of(source)) : run.start;
    if (from < until) {
      path.layers[static_cast<std::size_t>(layer)] = until - from;
      until = from;
    }
    layer = source;
  }
  path.input_buffer = until - begin;
}

std::int32_t CriticalPath::last_source(std::int32_t layer) const {
  const LayerSources& sources = layers_[static_cast<std::size_t>(layer)];
  const bool by_skip =
      sources.skip != kNoSource && finish_of(sources.skip) > finish_of(sources.source);
  return by_skip ? sources.skip : sources.source;
}

Cycle CriticalPath::finish_of(std::int32_t source) const {
  return source == kNetworkInput ? 0 : runs_[static_cast<std::size_t>(source)].finish;
}

}  // namespace airnn
