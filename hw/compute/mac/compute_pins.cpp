// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/mac/compute_pins.h"

#include <algorithm>
#include <utility>

#include "hw/compute/accumulator/block_accumulator.h"
#include "hw/compute/divide_up.h"
#include "hw/compute/mac/adder_tree.h"
#include "hw/compute/mac/requantise.h"

namespace airnn {

namespace {

// Table VII: multiplier, bias (an adder), residual addition, accumulator, activation.
constexpr Cycle kStage = 1;

/// One kernel per slot, which owns the whole unit.
KernelGroups single_kernels(const SparseKernels& kernels, const EngineParams& params) {
  const std::uint32_t blocks = params.policy == InterleavePolicy::position ? 0 : params.blocks;
  KernelGroups groups;
  for (std::uint32_t kernel = 0; kernel < kernels.kernels(); ++kernel) {
    if (kernels.count(kernel) != 0 || !params.skips_zero_kernels) {
      groups.push_back({{kernel, 0, blocks}});
    }
  }
  return groups;
}

}  // namespace

ComputePins::ComputePins(const EngineParams& params, KernelGroups groups,
                         const SparseKernels& kernels, const std::int32_t* input,
                         const std::int32_t* skip)
    : params_(params),
      split_{static_cast<std::uint32_t>(params.layer.window.area()), params.blocks},
      groups_(std::move(groups)),
      placement_(params.policy),
      kernels_(kernels),
      input_(input),
      skip_(skip),
      channels_(params.layer.input.channels / params.layer.groups),
      map_positions_(std::int64_t{params.layer.result.height} * params.layer.result.width),
      positions_(static_cast<std::size_t>(params.parallelism.positions)),
      area_(split_.multipliers) {
  if (groups_.empty()) {
    groups_ = single_kernels(kernels, params);
    placement_ = InterleavePolicy::block_fixed;
  }
  const std::int32_t limit = params.parallelism.channels;
  const std::int32_t parallel = limit == 0 ? channels_ : std::min(limit, channels_);
  units_per_tile_ = static_cast<std::size_t>(parallel);
  passes_ = divide_up(channels_, parallel);
  slots_ = divide_up(map_positions_, params.parallelism.positions) * passes_ * groups_.size();

  const bool tagged = params.policy == InterleavePolicy::position;
  const std::uint32_t blocks = params.blocks;
  lanes_ = tagged ? kMaxGroupedKernels : blocks;
  tree_levels_ = adder_tree_levels(tagged ? split_.multipliers : split_.capacity(blocks - 1, 1));
  block_levels_ = tagged ? 0 : adder_tree_levels(blocks);
  channel_levels_ = adder_tree_levels(units_per_tile_);
  depth_ = kStage + tree_levels_ + block_levels_ + channel_levels_ + (passes_ > 1 ? kStage : 0) +
           kStage + (skip == nullptr ? 0 : kStage) + kStage;
  placed_.resize(groups_.size());
  traces_.resize(static_cast<std::size_t>(depth_) + 1);
  trace(kNoSlot, bubble_);
}

std::size_t ComputePins::tree_adders(std::uint32_t tree, std::size_t level) const {
  const std::size_t leaves = params_.policy == InterleavePolicy::position
                                 ? area_
                                 : split_.begin(tree + 1) - split_.begin(tree);
  const std::size_t halved = std::size_t{2} << level;
  return (leaves + halved - 1) / halved;
}

ComputePins::Slot ComputePins::decode(std::uint64_t slot) const {
  const std::uint64_t pass = slot / groups_.size() % passes_;
  const std::uint64_t tile = slot / groups_.size() / passes_;
  return {static_cast<std::int64_t>(tile * positions_),
          static_cast<std::int32_t>(pass * units_per_tile_), pass + 1 == passes_,
          static_cast<std::size_t>(slot % groups_.size()), false};
}

ComputeCycle ComputePins::at(Cycle cycle) {
  ComputeCycle shown;
  Cycle stage = 0;
  const auto next = [&]() -> const ComputeCycle& {
    const Cycle before = stage++;
    return of_slot(cycle < before || cycle - before >= slots_ ? kNoSlot : cycle - before);
  };
  shown.operands = next().operands;
  shown.products = next().products;
  for (std::uint32_t level = 0; level < tree_levels_; ++level) {
    shown.block_trees.push_back(next().block_trees[level]);
  }
  for (std::uint32_t level = 0; level < block_levels_; ++level) {
    shown.block_levels.push_back(next().block_levels[level]);
  }
  for (std::uint32_t level = 0; level < channel_levels_; ++level) {
    shown.channel_tree.push_back(next().channel_tree[level]);
  }
  if (passes_ > 1) {
    shown.accumulators = next().accumulators;
  }
  shown.biased = next().biased;
  if (skip_ != nullptr) {
    shown.added = next().added;
  }
  const ComputeCycle& last = next();
  shown.results = last.results;
  shown.outputs = last.outputs;
  return shown;
}

const ComputeCycle& ComputePins::of_slot(std::uint64_t slot) {
  if (slot == kNoSlot) {
    return bubble_;
  }
  ComputeCycle& known = traces_[slot % traces_.size()];
  if (known.operands.slot != slot) {
    trace(slot, known);
  }
  return known;
}

void ComputePins::trace(std::uint64_t slot, ComputeCycle& trace) {
  const Slot decoded = slot == kNoSlot ? Slot() : decode(slot);
  trace.operands.slot = slot;
  load(decoded, trace.operands);
  multiply(trace);
  add_blocks(trace);
  add_channels(trace);
  finish(decoded, trace);
}

void ComputePins::load(const Slot& slot, OperandPins& operands) {
  const bool tagged = params_.policy == InterleavePolicy::position;
  if (slot.is_bubble) {
    operands.flags.assign(tagged ? 0 : lanes_, false);
    operands.multipliers.assign(units() * area_, {});
    for (std::size_t i = 0; i < operands.multipliers.size() && !tagged; ++i) {
      operands.multipliers[i].owner = split_.block_of(static_cast<std::uint32_t>(i % area_));
    }
    return;
  }
  const KernelGroup& group = groups_[slot.group];
  if (!tagged) {
    operands.flags = encode_flags(group, split_.blocks);
  }
  std::vector<PlacedOperand>& placed = placed_[slot.group];
  if (placed.empty()) {
    placed = place_operands(group, kernels_, placement_, split_);
  }
  look_at_window(slot);
  operands.multipliers = window_;
  for (const PlacedOperand& operand : placed) {
    const auto channel = static_cast<std::int32_t>(operand.channel);
    const std::int32_t in_pass = channel - slot.first_channel;
    if (in_pass < 0 || in_pass >= static_cast<std::int32_t>(units_per_tile_)) {
      continue;
    }
    for (std::size_t position = 0; position < positions_; ++position) {
      const std::size_t unit = position * units_per_tile_ + static_cast<std::size_t>(in_pass);
      MultiplierPins& pins = operands.multipliers[unit * area_ + operand.multiplier];
      pins.weight = operand.weight;
      pins.pixel = window_[unit * area_ + operand.pixel].pixel;
      pins.owner = tagged ? group[operand.place].first_block : pins.owner;
    }
  }
}

/// Groups of one tile and pass see the same pixels, as long as they read the same channels.
void ComputePins::look_at_window(const Slot& slot) {
  const std::int32_t channels_of = plane_group(groups_[slot.group].front().kernel);
  if (slot.first_position == window_position_ && slot.first_channel == window_channel_ &&
      channels_of == window_group_) {
    return;
  }
  window_position_ = slot.first_position;
  window_channel_ = slot.first_channel;
  window_group_ = channels_of;
  const bool tagged = params_.policy == InterleavePolicy::position;
  window_.resize(units() * area_);
  for (std::size_t unit = 0; unit < units(); ++unit) {
    const std::int32_t channel =
        slot.first_channel + static_cast<std::int32_t>(unit % units_per_tile_);
    const std::int64_t position =
        slot.first_position + static_cast<std::int64_t>(unit / units_per_tile_);
    for (std::size_t place = 0; place < area_; ++place) {
      MultiplierPins& pins = window_[unit * area_ + place];
      pins.pixel = pixel(channels_of, channel, static_cast<std::int32_t>(place), position);
      pins.owner = tagged ? 0 : split_.block_of(static_cast<std::uint32_t>(place));
    }
  }
}

/// The pixel under `place` of the window at output `position`; 0 beyond map, channels and
/// positions.
std::int32_t ComputePins::pixel(std::int32_t plane_group, std::int32_t channel, std::int32_t place,
                                std::int64_t position) const {
  if (channel >= channels_ || position >= map_positions_) {
    return 0;
  }
  const Layer& layer = params_.layer;
  const Window& window = layer.window;
  const std::int64_t y =
      position / layer.result.width * window.stride_h - window.pad_top + place / window.kernel_w;
  const std::int64_t x =
      position % layer.result.width * window.stride_w - window.pad_left + place % window.kernel_w;
  if (y < 0 || y >= layer.input.height || x < 0 || x >= layer.input.width) {
    return 0;
  }
  const std::int64_t plane = std::int64_t{plane_group} * channels_ + channel;
  return input_[(plane * layer.input.height + y) * layer.input.width + x];
}

void ComputePins::multiply(ComputeCycle& trace) const {
  trace.products.slot = trace.operands.slot;
  const std::vector<MultiplierPins>& multipliers = trace.operands.multipliers;
  trace.products.values.resize(multipliers.size());
  for (std::size_t i = 0; i < multipliers.size(); ++i) {
    trace.products.values[i] = product(multipliers[i].weight, multipliers[i].pixel);
  }
}

/// The products that a block's (or tag's) tree adds up.
void ComputePins::take_leaves(const ComputeCycle& trace, std::size_t unit, std::uint32_t tree) {
  const auto first = trace.products.values.begin() + static_cast<std::ptrdiff_t>(unit * area_);
  if (params_.policy != InterleavePolicy::position) {
    level_.assign(first + split_.begin(tree), first + split_.begin(tree + 1));
    return;
  }
  level_.assign(first, first + static_cast<std::ptrdiff_t>(area_));
  for (std::size_t i = 0; i < area_; ++i) {
    if (trace.operands.multipliers[unit * area_ + i].owner != tree) {
      level_[i] = 0;
    }
  }
}

/// As add_neighbours() does, in place.
void ComputePins::add_level() {
  const std::size_t pairs = level_.size() / 2;
  for (std::size_t i = 0; i < pairs; ++i) {
    level_[i] = wrapping_add(level_[2 * i], level_[2 * i + 1]);
  }
  if (level_.size() % 2 != 0) {
    level_[pairs] = level_.back();
  }
  level_.resize((level_.size() + 1) / 2);
}

/// Leaves what the channel tree adds up in lane_sums_.
void ComputePins::add_blocks(ComputeCycle& trace) {
  const std::uint64_t slot = trace.operands.slot;
  trace.block_trees.resize(tree_levels_);
  trace.block_levels.resize(block_levels_);
  for (TreePins& level : trace.block_trees) {
    level.slot = slot;
    level.adders.clear();
  }
  for (MuxPins& level : trace.block_levels) {
    level.slot = slot;
    level.adders.clear();
    level.lanes.clear();
  }
  lane_sums_.resize(units() * lanes_);
  std::vector<std::int64_t> lanes(lanes_);
  for (std::size_t unit = 0; unit < units(); ++unit) {
    for (std::uint32_t tree = 0; tree < lanes_; ++tree) {
      take_leaves(trace, unit, tree);
      for (TreePins& level : trace.block_trees) {
        add_level();
        level.adders.insert(level.adders.end(), level_.begin(), level_.end());
      }
      lanes[tree] = level_.front();
    }
    if (block_levels_ > 0) {
      const AccumulatedBlocks blocks = accumulate_blocks(lanes, trace.operands.flags);
      for (std::size_t level = 0; level < block_levels_; ++level) {
        const AccumulatorLevel& from = blocks.levels[level + 1];
        MuxPins& pins = trace.block_levels[level];
        pins.selects = from.selects;
        pins.adders.insert(pins.adders.end(), from.adders.begin(), from.adders.end());
        pins.lanes.insert(pins.lanes.end(), from.lanes.begin(), from.lanes.end());
      }
      lanes = blocks.levels.back().lanes;
    }
    const std::size_t position = unit / units_per_tile_;
    for (std::size_t lane = 0; lane < lanes_; ++lane) {
      lane_sums_[(position * lanes_ + lane) * units_per_tile_ + unit % units_per_tile_] =
          lanes[lane];
    }
  }
}

void ComputePins::add_channels(ComputeCycle& trace) {
  const std::uint64_t slot = trace.operands.slot;
  trace.channel_tree.resize(channel_levels_);
  for (TreePins& level : trace.channel_tree) {
    level.slot = slot;
    level.adders.clear();
  }
  trace.accumulators.slot = slot;
  trace.accumulators.values.clear();
  const auto channels = static_cast<std::ptrdiff_t>(units_per_tile_);
  for (auto first = lane_sums_.begin(); first != lane_sums_.end(); first += channels) {
    level_.assign(first, first + channels);
    for (TreePins& level : trace.channel_tree) {
      add_level();
      level.adders.insert(level.adders.end(), level_.begin(), level_.end());
    }
    trace.accumulators.values.push_back(level_.front());
  }
}

std::int64_t ComputePins::earlier_passes(const Slot& slot, std::uint32_t kernel,
                                         std::int64_t position) const {
  if (slot.first_channel == 0) {
    return 0;
  }
  std::int64_t sum = 0;
  for (const KernelWeight* w = kernels_.begin(kernel); w != kernels_.end(kernel); ++w) {
    const auto channel = static_cast<std::int32_t>(w->column / area_);
    if (channel < slot.first_channel) {
      sum += product(w->value, pixel(plane_group(kernel), channel,
                                     static_cast<std::int32_t>(w->column % area_), position));
    }
  }
  return sum;
}

/// Behind the channel tree: accumulator, bias, residual operand, requantisation and activation.
void ComputePins::finish(const Slot& slot, ComputeCycle& trace) const {
  const Layer& layer = params_.layer;
  const std::int32_t sum_bits =
      layer.weight_format.fraction_bits + params_.input_format.fraction_bits;
  const std::uint64_t shown = slot.last_pass ? trace.operands.slot : kNoSlot;
  for (ValuePins* pins : {&trace.biased, &trace.added, &trace.results}) {
    pins->slot = shown;
    pins->values.assign(positions_ * lanes_, 0);
  }
  trace.outputs.clear();
  if (slot.is_bubble) {
    return;
  }
  for (const GroupedKernel& owner : groups_[slot.group]) {
    for (std::size_t z = 0; z < positions_; ++z) {
      const std::int64_t position = slot.first_position + static_cast<std::int64_t>(z);
      const std::size_t lane = z * lanes_ + owner.first_block;
      std::int64_t& sum = trace.accumulators.values[lane];
      sum += earlier_passes(slot, owner.kernel, position);
      if (!slot.last_pass || position >= map_positions_) {
        continue;
      }
      trace.biased.values[lane] = sum + kernels_.bias(owner.kernel);
      trace.added.values[lane] = trace.biased.values[lane];
      if (skip_ != nullptr) {
        trace.added.values[lane] += align(skip_[owner.kernel * map_positions_ + position],
                                          params_.skip_format.fraction_bits, sum_bits);
      }
      const std::int64_t value = std::clamp(
          round_shift(trace.added.values[lane], sum_bits - layer.output_format.fraction_bits),
          layer.clamp_low, layer.clamp_high);
      trace.results.values[lane] = value;
      trace.outputs.push_back(
          {owner.kernel, owner.first_block, position, static_cast<std::int32_t>(value)});
    }
  }
}

}  // namespace airnn
