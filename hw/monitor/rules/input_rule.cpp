// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/rules/input_rule.h"

#include <string>

#include "sw/format/byte_view.h"
#include "sw/format/unit_names.h"

namespace airnn {

InputRule::InputRule(const RuleReporter& reporter, std::uint64_t elements, std::uint64_t pitch,
                     std::uint32_t places)
    : reporter_(reporter), elements_(elements), pitch_(pitch), holds_(places) {}

void InputRule::job(const InputJob& job) {
  for (std::uint32_t i = 0; i < job.count; ++i) {
    addresses_[job.input + i] = job.address + i * pitch_;
  }
}

void InputRule::written(std::uint64_t address, const std::uint8_t* bytes) {
  std::vector<std::int32_t>& map = maps_[address];
  map.resize(elements_);
  for (std::uint64_t i = 0; i < elements_; ++i) {
    map[i] = static_cast<std::int32_t>(load_little_endian(bytes + 4 * i, 4));
  }
}

void InputRule::entered(const StateEntered& next) {
  if (reporter_.in(ControllerState::load_input)) {
    if (loaded_ < elements_) {
      reporter_.report(Rule::p3, kInputBufferName, next.cycle,
                       std::to_string(loaded_) + " elements of the input map",
                       std::to_string(elements_));
    } else if (place_ < holds_.size()) {
      holds_[place_] = reporter_.position().input;
    }
  }
  if (next.state == ControllerState::reset_buffers) {
    addresses_.erase(addresses_.begin(), addresses_.lower_bound(next.input));
    holds_.assign(holds_.size(), std::nullopt);
  } else if (next.state == ControllerState::load_input) {
    due_ = &maps_[addresses_[next.input]];
    loaded_ = 0;
  }
}

void InputRule::control(const Timed<ControlMessage>& message) {
  const ControlMessage& item = message.item;
  if (item.kind != ControlKind::start) {
    return;
  }
  if (item.place >= holds_.size() || holds_[item.place] != item.input) {
    reporter_.report(Rule::p4, kControllerName, message.cycle,
                     "a start of input " + std::to_string(item.input) + " with place " +
                         std::to_string(item.place) + " of the input buffer",
                     "the place that has its map");
  }
}

void InputRule::loaded(const Timed<InputBeat>& beat) {
  if (loaded_ == 0) {
    place_ = beat.item.first / elements_;
    if (place_ < holds_.size()) {
      holds_[place_] = std::nullopt;
    }
  }
  for (std::uint32_t i = 0; i < beat.item.count; ++i, ++loaded_) {
    const std::uint64_t element = beat.item.first + i - place_ * elements_;
    const bool is_due = due_ != nullptr && element == loaded_ && element < due_->size();
    if (!is_due || beat.item.values[i] != (*due_)[element]) {
      reporter_.report(Rule::p3, kInputBufferName, beat.cycle,
                       "value " + std::to_string(beat.item.values[i]) + " for element " +
                           std::to_string(element),
                       is_due ? "value " + std::to_string((*due_)[element])
                              : "element " + std::to_string(loaded_));
      return;
    }
  }
}

void InputRule::loaded(const ItemTrain<InputBeat>& train) {
  for (std::size_t i = 0; i < train.count; ++i) {
    loaded(train.at(i));
  }
}

}  // namespace airnn
