// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "hw/common/beats.h"
#include "hw/link/stream_view.h"
#include "hw/monitor/rule_reporter.h"

namespace airnn {

/// Rule P3 for the input map: the input buffer gets every element once, as the host wrote it, in a
/// place that it has; and P4: what is started has its map in the place that the start names.
class InputRule {
 public:
  /// `elements`: of a map; `pitch`: bytes between the maps of a group; `places`: of the buffer.
  InputRule(const RuleReporter& reporter, std::uint64_t elements, std::uint64_t pitch,
            std::uint32_t places);

  /// The host wrote the map of a coming job.
  void written(std::uint64_t address, const std::uint8_t* bytes);
  void job(const InputJob& job);
  /// `next` is about to be entered.
  void entered(const StateEntered& next);
  void loaded(const Timed<InputBeat>& beat);
  void loaded(const ItemTrain<InputBeat>& train);
  /// What the controller sends to the input buffer.
  void control(const Timed<ControlMessage>& message);

 private:
  const RuleReporter& reporter_;
  const std::uint64_t elements_;
  const std::uint64_t pitch_;
  std::map<std::uint64_t, std::vector<std::int32_t>> maps_;  ///< by address
  std::map<std::uint32_t, std::uint64_t> addresses_;  ///< of the running group's inputs and later
  const std::vector<std::int32_t>* due_ = nullptr;
  std::uint64_t loaded_ = 0;
  std::uint64_t place_ = 0;                          ///< of the map that is loaded
  std::vector<std::optional<std::uint32_t>> holds_;  ///< by place: whose map is there
};

}  // namespace airnn
