// SPDX-License-Identifier: Apache-2.0
#include "hw/control/input_buffer.h"

#include <algorithm>

#include "hw/common/check.h"

namespace airnn {

InputBuffer::InputBuffer(const sc_core::sc_module_name& module_name, const MapShape& shape,
                         const ClockDomain& clock, unsigned consumers, unsigned places)
    : InputBufferPorts(module_name, clock, consumers),
      shape_(shape),
      maps_(static_cast<std::size_t>(shape.size()) * places),
      row_ready_(static_cast<std::size_t>(shape.height)),
      loaded_(places, 0) {
  // A train is stored ahead of time, but not ahead of a message that is still under way.
  in_input.take_trains(
      [this] {
        obey();
        return in_control.empty();
      },
      [this](const ItemTrain<InputBeat>& train) {
        for (std::size_t i = 0; i < train.count; ++i) {
          store(train.items[i].item);
        }
        return train.last_cycle() + 1;
      });
  SC_HAS_PROCESS(InputBuffer);
  SC_METHOD(load);
  dont_initialize();
  sensitive << in_input.arrival_event();
  SC_METHOD(obey);
  dont_initialize();
  sensitive << in_control.arrival_event();
  for (StreamOut<FeatureMap>& out : out_maps) {
    sensitive << out.credit_event();
  }
}

void InputBuffer::store(const InputBeat& beat) {
  MODEL_CHECK(beat.first + std::uint64_t{beat.count} <= maps_.size(), name(),
              "an input burst lies outside of the map");
  std::copy_n(beat.values, beat.count, maps_.begin() + beat.first);
  const auto elements = static_cast<std::uint32_t>(shape_.size());
  std::int64_t& loaded = loaded_[beat.first / elements];
  if (beat.first % elements == 0) {
    loaded = 0;  // another map takes the place
  }
  loaded += beat.count;
}

void InputBuffer::load() {
  while (in_input.can_pop()) {
    store(in_input.pop());
  }
}

void InputBuffer::obey() {
  if (!in_control.can_pop()) {
    return;
  }
  const ControlMessage message = in_control.front();
  if (message.kind == ControlKind::reset) {
    std::fill(loaded_.begin(), loaded_.end(), 0);
  }
  if (message.kind == ControlKind::start) {
    MODEL_CHECK(message.place < loaded_.size() && loaded_[message.place] == shape_.size(), name(),
                "started before the input map was complete (P4)");
    for (StreamOut<FeatureMap>& out : out_maps) {
      if (!out.can_push()) {
        return;
      }
    }
    std::fill(row_ready_.begin(), row_ready_.end(), clock_.now() + 1);
    for (StreamOut<FeatureMap>& out : out_maps) {
      out.push({maps_.data() + message.place * shape_.size(), row_ready_.data(),
                static_cast<std::uint32_t>(shape_.height), message.input, message.iteration,
                static_cast<std::uint32_t>(shape_.channels * shape_.width)},
               1);
    }
  }
  in_control.pop();
}

}  // namespace airnn
