// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "hw/compute/compute_events.h"
#include "hw/compute/mac/compute_pins.h"
#include "hw/wave/wave_source.h"

namespace airnn {

/// Every register of a convolution's compute unit (ComputePins), with the stalls of its run. Values
/// are worked out only when they are shown, so a run keeps its maps and weights until then.
class ComputeUnitPins final : public WaveSource {
 public:
  /// Only cycles from `first` to `last` will be shown.
  ComputeUnitPins(WaveTree& tree, const std::string& scope, const ComputePinsParams& params,
                  Cycle first, Cycle last);

  /// Runs do not overlap.
  void started(const LayerStarted& event);

  Cycle next() const override { return runs_.empty() ? kNever : runs_.front().next; }
  void show(Cycle cycle, VcdWriter& writer) override;

 private:
  struct Run {
    std::vector<IssueRun> issues;
    std::shared_ptr<const SparseKernels> kernels;
    std::vector<std::int32_t> map;
    std::vector<std::int32_t> skip;
    std::unique_ptr<ComputePins> pins;
    Cycle next = 0;
    Cycle end = 0;  ///< the pipeline is empty from here on
  };
  /// What a stage shows, value by value from `first` on.
  struct Stage {
    enum class Kind { operands, products, block_tree, block_level, channel_tree, values, results };
    Kind kind = Kind::operands;
    std::size_t level = 0;
    ValuePins ComputeCycle::*values = nullptr;
    WaveId first = 0;
    std::uint64_t slot = kNoSlot;  ///< that is shown
  };
  struct Output {
    WaveId valid = 0;  ///< behind it kernel and position
    bool is_shown = false;
  };

  void declare_operands(WaveTree& tree);
  void declare_blocks(WaveTree& tree);
  void declare_lanes(WaveTree& tree);
  void declare_values(WaveTree& tree, const std::string& name, ValuePins ComputeCycle::*values,
                      const WaveType& type);
  std::string unit_scope(std::size_t unit) const;
  std::string lane_scope(std::size_t position, std::size_t lane) const;
  std::string adder(std::size_t level, std::size_t number) const;

  static std::uint64_t slot_at(const Run& run, Cycle cycle);
  void show_stage(const Stage& stage, const ComputeCycle& trace, VcdWriter& writer);
  void show_operands(WaveId id, const OperandPins& operands, VcdWriter& writer);
  void show_multiplier(WaveId id, std::size_t number, const MultiplierPins& pins,
                       VcdWriter& writer);
  void show_outputs(const ComputeCycle& trace, VcdWriter& writer);

  std::string scope_;
  ComputePinsParams params_;
  Cycle first_;
  Cycle last_;
  const SparseKernels no_kernels_;
  ComputePins idle_;  ///< without kernels; tells the shape
  std::size_t positions_;
  std::size_t channels_;
  WaveId slot_ = 0;
  std::vector<Stage> stages_;    ///< in the order of the pipeline
  std::vector<Output> outputs_;  ///< [position * lanes + lane]
  std::vector<MultiplierPins> shown_multipliers_;
  std::vector<std::size_t> shown_outputs_;
  std::deque<Run> runs_;
};

}  // namespace airnn
