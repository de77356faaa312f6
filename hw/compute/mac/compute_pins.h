// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/common/cycle.h"
#include "hw/compute/accumulator/block_flags.h"
#include "hw/compute/accumulator/operand_placement.h"
#include "hw/compute/engine_params.h"
#include "hw/compute/engine_pins.h"
#include "hw/compute/mac/sparse_kernels.h"

namespace airnn {

/// What reaches one multiplier. An idle one has weight 0 and the pixel of its own place.
struct MultiplierPins {
  std::int32_t pixel = 0;
  std::int32_t weight = 0;
  std::uint32_t owner = 0;  ///< its block; policy `position`: its tag, 0 if idle
};

struct OperandPins {
  std::uint64_t slot = kNoSlot;
  BlockFlags flags;                         ///< per block; policy `position`: none
  std::vector<MultiplierPins> multipliers;  ///< [unit * Kh * Kw + multiplier]
};

/// A register per multiplier ([unit * Kh * Kw + multiplier]) or lane ([position * lanes + lane]).
struct ValuePins {
  std::uint64_t slot = kNoSlot;
  std::vector<std::int64_t> values;
};

/// One level of several adder trees.
struct TreePins {
  std::uint64_t slot = kNoSlot;
  std::vector<std::int64_t> adders;  ///< tree by tree
};

/// One level of the tree over the blocks (block_accumulator.h).
struct MuxPins {
  std::uint64_t slot = kNoSlot;
  std::vector<bool> selects;         ///< [adder], the same in all units
  std::vector<std::int64_t> adders;  ///< [unit * adders of the level + adder]
  std::vector<std::int64_t> lanes;   ///< [unit * lanes + lane], behind the multiplexers
};

/// An output of the layer that is valid.
struct OutputPins {
  std::uint32_t kernel = 0;
  std::uint32_t lane = 0;
  std::int64_t position = 0;  ///< in the map, row by row
  std::int32_t value = 0;
};

/// What the registers of a compute unit show in one cycle, stage by stage. A channel unit has the
/// number `unit` = position * Tc + channel, positions 0..Z-1 and channels 0..Tc-1 of the slot.
struct ComputeCycle {
  OperandPins operands;                ///< of the slot that is issued in this cycle
  ValuePins products;                  ///< per multiplier
  std::vector<TreePins> block_trees;   ///< per level; tree = unit * lanes + block (tag)
  std::vector<MuxPins> block_levels;   ///< per level above the block sums; `position`: none
  std::vector<TreePins> channel_tree;  ///< per level; tree = position * lanes + lane
  ValuePins accumulators;              ///< over passes, per lane; without values if one pass
  ValuePins biased;                    ///< per lane
  ValuePins added;    ///< with the residual operand, per lane; without values if there is none
  ValuePins results;  ///< requantised and activated, per lane
  std::vector<OutputPins> outputs;  ///< of `results`: up to four kernels at up to Z positions
};

/// The pins of a convolution's compute unit (docs/units/compute_unit.md), expanded for those cycles
/// that are asked for. Cycle 0 issues the first slot of a run; slots follow each other without
/// stalls, which a caller adds. Kernels without weights have no slot and are not shown, nor is the
/// pooling stage.
class ComputePins {
 public:
  /// `params`: of a convolution; the hand-off is of no account. `groups` fit the weights
  /// (check_loaded_weights); empty: one kernel per slot, which has all blocks and its weights at
  /// their own multipliers. `kernels` and the maps (`skip`: null without second operand) must
  /// outlive the pins.
  ComputePins(const EngineParams& params, KernelGroups groups, const SparseKernels& kernels,
              const std::int32_t* input, const std::int32_t* skip);

  /// Issue slots of the run: they take the cycles 0..slots() - 1.
  std::uint64_t slots() const { return slots_; }
  /// Cycles from an issue slot to its results, which can be read one cycle later.
  Cycle depth() const { return depth_; }
  /// Lanes of a channel unit: blocks, or tags.
  std::uint32_t lanes() const { return lanes_; }

  /// Channel units: Z * Tc.
  std::size_t units() const { return positions_ * units_per_tile_; }
  /// Adders in a level of a block's (tag's) tree, level 0 next to the products; in the last level,
  /// one.
  std::size_t tree_adders(std::uint32_t tree, std::size_t level) const;

  /// Neighbouring cycles are cheaper than distant ones.
  ComputeCycle at(Cycle cycle);
  /// All that a slot brings about, whenever its stages come; kNoSlot: what a stage without slot
  /// shows. Good until a slot further on than depth() is asked for.
  const ComputeCycle& of_slot(std::uint64_t slot);

 private:
  struct Slot {
    std::int64_t first_position = 0;
    std::int32_t first_channel = 0;  ///< of the kernels' channels
    bool last_pass = false;
    std::size_t group = 0;
    bool is_bubble = true;
  };

  Slot decode(std::uint64_t slot) const;
  void trace(std::uint64_t slot, ComputeCycle& trace);
  void load(const Slot& slot, OperandPins& operands);
  void look_at_window(const Slot& slot);
  void multiply(ComputeCycle& trace) const;
  void add_blocks(ComputeCycle& trace);
  void add_channels(ComputeCycle& trace);
  void finish(const Slot& slot, ComputeCycle& trace) const;
  std::int32_t pixel(std::int32_t plane_group, std::int32_t channel, std::int32_t place,
                     std::int64_t position) const;
  std::int32_t plane_group(std::uint32_t kernel) const {
    return static_cast<std::int32_t>(kernel) / (params_.layer.kernels / params_.layer.groups);
  }
  std::int64_t earlier_passes(const Slot& slot, std::uint32_t kernel, std::int64_t position) const;
  void take_leaves(const ComputeCycle& trace, std::size_t unit, std::uint32_t tree);
  void add_level();

  std::int64_t product(std::int32_t weight, std::int32_t pixel) const {
    // A weight that is zero never reaches a multiplier.
    return weight == 0 ? 0 : params_.product->product(weight, pixel);
  }

  const EngineParams params_;
  const BlockSplit split_;  ///< of Kh * Kw multipliers; one block: never interleaved
  KernelGroups groups_;
  InterleavePolicy placement_;
  const SparseKernels& kernels_;
  const std::int32_t* input_;
  const std::int32_t* skip_;
  std::int32_t channels_;  ///< of a kernel
  std::int64_t map_positions_;
  std::size_t positions_;       ///< Z
  std::size_t units_per_tile_;  ///< Tc
  std::size_t area_;
  std::uint64_t passes_;
  std::uint64_t slots_;
  std::uint32_t lanes_;
  std::uint32_t tree_levels_;     ///< of a block's (tag's) tree
  std::uint32_t block_levels_;    ///< above the block sums
  std::uint32_t channel_levels_;  ///< over the channel units
  Cycle depth_;
  ComputeCycle bubble_;
  std::vector<ComputeCycle> traces_;  ///< by slot, modulo their number: all stages show that slot
  std::vector<std::vector<PlacedOperand>> placed_;  ///< by group, once it was issued
  std::vector<MultiplierPins> window_;  ///< idle multipliers over the window that was looked at
  std::int64_t window_position_ = -1;
  std::int32_t window_channel_ = 0;
  std::int32_t window_group_ = 0;
  std::vector<std::int64_t> level_;      ///< of the tree that is being added up
  std::vector<std::int64_t> lane_sums_;  ///< [(position * lanes + lane) * channels + channel]
};

}  // namespace airnn
