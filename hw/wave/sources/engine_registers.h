// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "hw/compute/compute_events.h"
#include "hw/compute/engine_pins.h"
#include "hw/wave/wave_source.h"
#include "sw/format/network.h"

namespace airnn {

/// Every register of a layer's engine, with the stalls of its run. Values are worked out only when
/// they are shown, so a run keeps its maps and weights until then.
class EngineRegisters final : public WaveSource {
 public:
  /// `pins`: of the layer's engine. Only cycles from `first` to `last` will be shown.
  EngineRegisters(WaveTree& tree, const std::string& scope, const Layer& layer,
                  std::unique_ptr<EnginePins> pins, Cycle first, Cycle last);

  /// Runs do not overlap.
  void started(const LayerStarted& event);

  Cycle next() const override { return runs_.empty() ? kNever : runs_.front().next; }
  void show(Cycle cycle, WaveWriter& writer) override;

 private:
  struct Run {
    std::vector<IssueRun> issues;
    std::shared_ptr<const SparseKernels> kernels;
    std::shared_ptr<const MatchTable> rows;
    std::unique_ptr<KernelGroups> groups;  ///< null: one kernel per slot
    std::vector<std::int32_t> map;
    std::vector<std::int32_t> skip;
    bool is_begun = false;
    Cycle next = 0;
    Cycle end = 0;  ///< the pipeline is empty from here on
  };

  static std::uint64_t slot_at(const Run& run, Cycle cycle);
  void begin(Run& run);

  std::size_t map_size_;
  std::size_t skip_size_;
  std::unique_ptr<EnginePins> pins_;
  Cycle first_;
  Cycle last_;
  WaveId slot_;
  WaveId first_pin_;
  std::vector<std::uint64_t> shown_;  ///< slot of each stage
  std::deque<Run> runs_;
};

}  // namespace airnn
