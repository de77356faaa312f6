// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <vector>

#include "sw/format/interleaving.h"
#include "sw/format/network.h"

namespace airnn::test {

/// A convolution's compute unit, and what lies in its buffers.
struct TwinConvolution {
  Layer layer;
  FixedFormat input_format;
  FixedFormat skip_format;
  std::int64_t positions_in_parallel = 1;
  std::int64_t channels_in_parallel = 0;  ///< 0: all
  InterleavePolicy policy = InterleavePolicy::block;
  BlockSplit split;
  KernelGroups groups;                ///< empty: one kernel per slot
  bool issues_zero_kernels = false;   ///< only without groups
  std::vector<std::int32_t> weights;  ///< kernels x columns
  std::vector<std::int64_t> biases;
  std::vector<std::int32_t> input;
  std::vector<std::int32_t> skip;  ///< empty: no second operand
};

/// The unit's registers, one object per multiplier and adder, moved once per clock edge. Written
/// from docs/units/compute_unit.md, shares nothing with the model, and is slow.
class ComputeTwin {
 public:
  static constexpr std::uint64_t kBubble = ~std::uint64_t{0};

  /// What one stage shows, in the order of compute_unit.md ("Pins").
  struct Stage {
    std::uint64_t slot = kBubble;
    std::vector<std::int64_t> values;
  };
  struct Output {
    std::uint32_t kernel = 0;
    std::int64_t position = 0;
    std::int64_t value = 0;
  };

  /// In cycle 0, in which the first slot is issued.
  explicit ComputeTwin(const TwinConvolution& unit);
  ComputeTwin(const ComputeTwin&) = delete;
  ComputeTwin& operator=(const ComputeTwin&) = delete;

  void clock();
  bool is_empty() const;  ///< nothing is in the pipeline, and nothing will be
  std::vector<Stage> show() const;
  std::vector<Output> outputs() const;

 private:
  using Wire = std::function<std::int64_t()>;
  using Wires = std::vector<Wire>;
  struct Register {
    Wire input;
    std::int64_t now = 0;
    std::int64_t next = 0;
  };
  struct Multiplier {
    std::int64_t pixel = 0;
    std::int64_t weight = 0;
    std::int64_t owner = 0;
  };
  /// What travels beside the values of a slot.
  struct Control {
    std::uint64_t slot = kBubble;
    std::int64_t tile = 0;
    std::int64_t pass = 0;
    std::size_t group = 0;
    std::vector<bool> flags;
  };

  Wire reg(Wire input);
  void begin_stage() { shown_.emplace_back(); }
  Wire show_wire(Wire wire);
  Wires tree_level(const Wires& below);
  std::vector<Wires> build_multipliers();
  void build_blocks(std::vector<Wires>& units);
  Wires build_channels(const std::vector<Wires>& units);
  void build_end(const Wires& sums);

  std::size_t stage() const { return shown_.size() - 1; }
  const KernelGroup& group_of(const Control& control) const { return groups_[control.group]; }
  bool is_last_pass(const Control& control) const {
    return (control.pass + 1) * parallel_channels_ >= channels_;
  }
  void start_slot();
  void advance();
  void load(std::size_t unit);
  std::int64_t pixel_at(std::uint32_t kernel, std::int64_t channel, std::int64_t place,
                        std::int64_t position) const;
  std::int64_t weight_at(std::uint32_t kernel, std::int64_t channel, std::int64_t place) const;
  std::vector<bool> flags_of(const KernelGroup& group) const;
  /// The kernel whose sum is in this lane, and its output position; -1: none, or not its last pass.
  std::int64_t kernel_in(const Control& control, std::size_t lane) const;
  std::int64_t position_in(const Control& control, std::size_t lane) const;

  TwinConvolution unit_;
  KernelGroups groups_;
  std::int64_t area_ = 1;
  std::int64_t channels_ = 1;           ///< of a kernel
  std::int64_t parallel_channels_ = 1;  ///< Tc
  std::int64_t lanes_ = 1;
  std::int64_t map_positions_ = 1;
  Control next_;
  bool finished_ = false;

  std::vector<Multiplier> multipliers_;
  std::deque<Register> registers_;
  std::vector<Wires> shown_;     ///< per stage
  std::deque<Control> control_;  ///< per stage
  std::size_t accumulator_stage_ = 0;
  std::vector<std::vector<std::int64_t>> partial_sums_;  ///< per group and lane
};

}  // namespace airnn::test
