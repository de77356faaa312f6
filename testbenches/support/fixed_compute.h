// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>
#include <vector>

#include "hw/common/beats.h"
#include "hw/common/stream.h"

namespace airnn::test {

/// In place of the layers: after *start* it takes a fixed number of cycles until prepared outputs
/// are at the score and the controller.
class FixedCompute final : public sc_core::sc_module {
  const ClockDomain& clock_;

 public:
  struct Message {
    Cycle cycle = 0;
    ControlMessage message;
  };

  StreamIn<ControlMessage> in_control;
  StreamOut<FeatureMap> to_score;
  StreamOut<FeatureMap> to_controller;

  /// `outputs`: input by input, iteration by iteration of `iterations`.
  FixedCompute(const sc_core::sc_module_name& module_name, const ClockDomain& clock, Cycle latency,
               std::uint32_t iterations, std::vector<std::vector<std::int32_t>> outputs)
      : sc_module(module_name),
        clock_(clock),
        in_control("in_control", clock),
        to_score("to_score", clock, 1),
        to_controller("to_controller", clock, 1),
        latency_(latency),
        iterations_(iterations),
        outputs_(std::move(outputs)) {
    SC_HAS_PROCESS(FixedCompute);
    SC_METHOD(obey);
    dont_initialize();
    sensitive << in_control.arrival_event();
  }

  const std::vector<Message>& messages() const { return messages_; }

 private:
  void obey() {
    if (!in_control.can_pop()) {
      return;
    }
    const ControlMessage message = in_control.pop();
    messages_.push_back({clock_.now(), message});
    if (message.kind == ControlKind::start) {
      const std::size_t index = message.input * iterations_ + message.iteration - 1;
      const FeatureMap map = {outputs_[index].data(), nullptr, 1, message.input, message.iteration};
      to_score.push(map, latency_);
      to_controller.push(map, latency_);
    }
  }

  const Cycle latency_;
  const std::uint32_t iterations_;
  const std::vector<std::vector<std::int32_t>> outputs_;
  std::vector<Message> messages_;
};

}  // namespace airnn::test
