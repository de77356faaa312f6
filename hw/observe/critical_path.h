// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/common/activity.h"
#include "hw/compute/compute_events.h"
#include "hw/control/control_events.h"
#include "sw/results/run_record.h"

namespace airnn {

/// Where a layer's operands come from (Layer::source, Layer::skip).
struct LayerSources {
  std::int32_t source = 0;
  std::int32_t skip = 0;
};

/// Splits the cycles of an input, without gap or overlap, into parts that one unit bounded each
/// (docs/timing.md, "The critical path"). Told the events of one run in the order in which units
/// tell them.
class CriticalPath {
 public:
  explicit CriticalPath(std::vector<LayerSources> layers);

  /// How the controller spent the state that ends; told before the next is entered.
  void controller_spent(const CyclesSpent& event) { spent_ = event; }
  void computed(const LayerDone& event);
  /// What bounded the state that ends with this one; nothing for Boot and Idle.
  PathCycles entered(const StateEntered& event);

 private:
  struct Run {
    Cycle start = 0;
    Cycle finish = 0;
    bool has_stalled = false;
  };

  void split_fetch(PathCycles& path, Cycle cycles, std::uint64_t PathCycles::*receiver) const;
  void split_compute(PathCycles& path, Cycle begin, Cycle end) const;
  std::int32_t last_source(std::int32_t layer) const;
  /// Before everything for the network's input, which is there when the computation starts.
  Cycle finish_of(std::int32_t source) const;

  std::vector<LayerSources> layers_;
  std::vector<Run> runs_;  ///< the last of each layer
  CyclesSpent spent_;
  StateEntered state_;
};

}  // namespace airnn
