// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/common/cycle.h"
#include "hw/compute/compute_events.h"
#include "hw/compute/engine_params.h"
#include "hw/compute/layer_run.h"
#include "sw/format/network.h"

namespace airnn {

/// The timing of a compute unit (paper, V-B and Table VII): one issue slot per cycle for each tile
/// of Z output positions, each pass over channels and each kernel that is not all zero; then a
/// pipeline of multiplier, adder tree, bias, activation and pooling stage.
class LayerSchedule {
 public:
  /// `blocks`: of a channel unit (BlockSplit); 1 without interleaving.
  LayerSchedule(const Layer& layer, const ComputeParallelism& parallelism, Handoff handoff,
                std::uint32_t blocks = 1);

  /// Cycles from an issue slot until its output can be read by the next layer, pooling included.
  Cycle depth() const { return depth_; }
  /// Multipliers of the compute unit.
  std::uint64_t multipliers() const;
  /// Units of Kh * Kw multipliers in it: Z positions, Tc channels each.
  std::uint64_t channel_units() const;
  /// Slots that one tile takes for so many kernels (groups) that are issued.
  std::uint64_t slots_per_tile(std::uint64_t kernels) const;
  std::uint64_t tiles() const { return tiles_; }

  /// The layer's run when row r of its input is readable from input_ready[r] on (and of the skip
  /// operand, which has the rows of the result, from skip_ready[r]; null if there is none), and no
  /// slot is issued before `earliest`. `issues`, if asked for: the cycles of its slots.
  LayerRun run(Cycle earliest, std::uint64_t kernels, const Cycle* input_ready,
               const Cycle* skip_ready, std::vector<IssueRun>* issues = nullptr) const;

 private:
  /// First cycle at which the rows of the tile that ends with output row `row` are there.
  Cycle rows_ready(std::int32_t row, const Cycle* input_ready, const Cycle* skip_ready) const;
  void set_row_ready(LayerRun& run, const std::vector<Cycle>& result_ready) const;

  Layer layer_;
  ComputeParallelism parallelism_;
  Handoff handoff_;
  std::uint64_t tiles_ = 0;
  std::uint64_t passes_ = 1;
  Cycle depth_ = 0;        ///< to the output buffer
  Cycle pool_cycles_ = 0;  ///< the part of it that is pooling
};

}  // namespace airnn
