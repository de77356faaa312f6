// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/compute_pins.h"

#include <algorithm>
#include <utility>

#include "hw/compute/adder_tree.h"
#include "hw/compute/block_accumulator.h"
#include "hw/compute/requantise.h"

namespace airnn {

namespace {

// Table VII: multiplier, bias (an adder), residual addition, accumulator, activation.
constexpr Cycle kStage = 1;

std::int64_t divide_up(std::int64_t a, std::int64_t b) {
  return (a + b - 1) / b;
}

std::int64_t product(std::int32_t a, std::int32_t b) {
  return std::int64_t{a} * b;
}

/// One kernel per slot, which owns the whole unit.
KernelGroups single_kernels(const SparseKernels& kernels, const ComputePinsParams& params) {
  const std::uint32_t blocks =
      params.policy == InterleavePolicy::position ? 0 : params.split.blocks;
  KernelGroups groups;
  for (std::uint32_t kernel = 0; kernel < kernels.kernels(); ++kernel) {
    if (kernels.count(kernel) != 0 || !params.skips_zero_kernels) {
      groups.push_back({{kernel, 0, blocks}});
    }
  }
  return groups;
}

}  // namespace

ComputePins::ComputePins(const ComputePinsParams& params, KernelGroups groups,
                         const SparseKernels& kernels, const std::int32_t* input,
                         const std::int32_t* skip)
    : params_(params),
      groups_(std::move(groups)),
      placement_(params.policy),
      kernels_(kernels),
      input_(input),
      skip_(skip),
      channels_(params.layer.input.channels / params.layer.groups),
      map_positions_(std::int64_t{params.layer.result.height} * params.layer.result.width),
      positions_(static_cast<std::size_t>(params.parallelism.positions)),
      area_(params.split.multipliers) {
  if (groups_.empty()) {
    groups_ = single_kernels(kernels, params);
    placement_ = InterleavePolicy::block_fixed;
  }
  const std::int32_t limit = params.parallelism.channels;
  const std::int32_t parallel = limit == 0 ? channels_ : std::min(limit, channels_);
  units_per_tile_ = static_cast<std::size_t>(parallel);
  passes_ = static_cast<std::uint64_t>(divide_up(channels_, parallel));
  slots_ = static_cast<std::uint64_t>(divide_up(map_positions_, params.parallelism.positions)) *
           passes_ * groups_.size();

  const bool tagged = params.policy == InterleavePolicy::position;
  const std::uint32_t blocks = params.split.blocks;
  lanes_ = tagged ? kMaxGroupedKernels : blocks;
  tree_levels_ =
      adder_tree_levels(tagged ? params.split.multipliers : params.split.capacity(blocks - 1, 1));
  block_levels_ = tagged ? 0 : adder_tree_levels(blocks);
  channel_levels_ = adder_tree_levels(units_per_tile_);
  depth_ = kStage + tree_levels_ + block_levels_ + channel_levels_ + (passes_ > 1 ? kStage : 0) +
           kStage + (skip == nullptr ? 0 : kStage) + kStage;
  bubble_ = trace(kNoSlot);
}

ComputePins::Slot ComputePins::decode(std::uint64_t slot) const {
  const std::uint64_t pass = slot / groups_.size() % passes_;
  const std::uint64_t tile = slot / groups_.size() / passes_;
  return {static_cast<std::int64_t>(tile * positions_),
          static_cast<std::int32_t>(pass * units_per_tile_), pass + 1 == passes_,
          &groups_[slot % groups_.size()]};
}

ComputeCycle ComputePins::at(Cycle cycle) {
  // Traces of slots that are not in the pipeline any more, or not yet.
  traces_.erase(traces_.begin(), traces_.lower_bound(cycle < depth_ ? 0 : cycle - depth_));
  traces_.erase(traces_.upper_bound(cycle), traces_.end());
  ComputeCycle shown;
  Cycle stage = 0;
  const auto next = [&]() -> const ComputeCycle& { return trace_at(cycle, stage++); };
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

const ComputeCycle& ComputePins::trace_at(Cycle cycle, Cycle stage) {
  if (cycle < stage || cycle - stage >= slots_) {
    return bubble_;
  }
  const std::uint64_t slot = cycle - stage;
  const auto known = traces_.find(slot);
  return known != traces_.end() ? known->second : traces_.emplace(slot, trace(slot)).first->second;
}

ComputeCycle ComputePins::trace(std::uint64_t slot) const {
  ComputeCycle trace;
  const Slot decoded = slot == kNoSlot ? Slot() : decode(slot);
  trace.operands.slot = slot;
  load(decoded, trace.operands);
  multiply(trace);
  add_channels(add_blocks(trace), trace);
  finish(decoded, trace);
  return trace;
}

void ComputePins::load(const Slot& slot, OperandPins& operands) const {
  const std::size_t units = positions_ * units_per_tile_;
  const bool tagged = params_.policy == InterleavePolicy::position;
  const KernelGroup nobody;
  const KernelGroup& group = slot.group == nullptr ? nobody : *slot.group;
  if (!tagged) {
    operands.flags = slot.group == nullptr ? BlockFlags(lanes_, false)
                                           : encode_flags(group, params_.split.blocks);
  }
  operands.multipliers.resize(units * area_);
  for (std::size_t i = 0; i < operands.multipliers.size(); ++i) {
    MultiplierPins& pins = operands.multipliers[i];
    const auto place = static_cast<std::int32_t>(i % area_);
    pins.owner = tagged ? 0 : params_.split.block_of(static_cast<std::uint32_t>(place));
    if (!group.empty()) {
      const std::size_t unit = i / area_;
      pins.pixel =
          pixel(group.front().kernel,
                slot.first_channel + static_cast<std::int32_t>(unit % units_per_tile_), place,
                slot.first_position + static_cast<std::int64_t>(unit / units_per_tile_));
    }
  }
  for (const PlacedOperand& operand : place_operands(group, kernels_, placement_, params_.split)) {
    const auto channel = static_cast<std::int32_t>(operand.channel);
    const std::int32_t in_pass = channel - slot.first_channel;
    if (in_pass < 0 || in_pass >= static_cast<std::int32_t>(units_per_tile_)) {
      continue;
    }
    const GroupedKernel& owner = group[operand.place];
    for (std::size_t position = 0; position < positions_; ++position) {
      const std::size_t unit = position * units_per_tile_ + static_cast<std::size_t>(in_pass);
      MultiplierPins& pins = operands.multipliers[unit * area_ + operand.multiplier];
      pins.weight = operand.weight;
      pins.pixel = pixel(owner.kernel, channel, static_cast<std::int32_t>(operand.pixel),
                         slot.first_position + static_cast<std::int64_t>(position));
      pins.owner = tagged ? owner.first_block : pins.owner;
    }
  }
}

/// The pixel under `place` of the window at output `position`; 0 beyond map, channels and
/// positions.
std::int32_t ComputePins::pixel(std::uint32_t kernel, std::int32_t channel, std::int32_t place,
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
  const std::int32_t group = static_cast<std::int32_t>(kernel) / (layer.kernels / layer.groups);
  const std::int64_t plane = std::int64_t{group} * channels_ + channel;
  return input_[(plane * layer.input.height + y) * layer.input.width + x];
}

void ComputePins::multiply(ComputeCycle& trace) const {
  trace.products.slot = trace.operands.slot;
  for (const MultiplierPins& pins : trace.operands.multipliers) {
    trace.products.values.push_back(product(pins.pixel, pins.weight));
  }
}

/// The products that a block's (or tag's) tree adds up.
std::vector<std::int64_t> ComputePins::leaves(const ComputeCycle& trace, std::size_t unit,
                                              std::uint32_t tree) const {
  const auto first = trace.products.values.begin() + static_cast<std::ptrdiff_t>(unit * area_);
  if (params_.policy != InterleavePolicy::position) {
    return {first + params_.split.begin(tree), first + params_.split.begin(tree + 1)};
  }
  std::vector<std::int64_t> products(first, first + static_cast<std::ptrdiff_t>(area_));
  for (std::size_t i = 0; i < area_; ++i) {
    if (trace.operands.multipliers[unit * area_ + i].owner != tree) {
      products[i] = 0;
    }
  }
  return products;
}

/// Returns what the channel tree adds up: [position * lanes + lane][channel].
ComputePins::LaneSums ComputePins::add_blocks(ComputeCycle& trace) const {
  const std::uint64_t slot = trace.operands.slot;
  trace.block_trees.resize(tree_levels_, {slot, {}});
  trace.block_levels.resize(block_levels_, {slot, {}, {}, {}});
  LaneSums lane_sums(positions_ * lanes_);
  for (std::size_t unit = 0; unit < positions_ * units_per_tile_; ++unit) {
    std::vector<std::int64_t> lanes;
    for (std::uint32_t tree = 0; tree < lanes_; ++tree) {
      std::vector<std::int64_t> sums = leaves(trace, unit, tree);
      for (TreePins& level : trace.block_trees) {
        sums = add_neighbours(sums);
        level.trees.push_back(sums);
      }
      lanes.push_back(sums.front());
    }
    if (block_levels_ > 0) {
      const AccumulatedBlocks blocks = accumulate_blocks(lanes, trace.operands.flags);
      for (std::size_t level = 0; level < block_levels_; ++level) {
        MuxPins& pins = trace.block_levels[level];
        pins.selects = blocks.levels[level + 1].selects;
        pins.adders.push_back(blocks.levels[level + 1].adders);
        pins.lanes.push_back(blocks.levels[level + 1].lanes);
      }
      lanes = blocks.levels.back().lanes;
    }
    for (std::size_t lane = 0; lane < lanes_; ++lane) {
      lane_sums[unit / units_per_tile_ * lanes_ + lane].push_back(lanes[lane]);
    }
  }
  return lane_sums;
}

void ComputePins::add_channels(LaneSums lane_sums, ComputeCycle& trace) const {
  const std::uint64_t slot = trace.operands.slot;
  for (std::uint32_t level = 0; level < channel_levels_; ++level) {
    for (std::vector<std::int64_t>& sums : lane_sums) {
      sums = add_neighbours(sums);
    }
    trace.channel_tree.push_back({slot, lane_sums});
  }
  trace.accumulators.slot = slot;
  for (const std::vector<std::int64_t>& sums : lane_sums) {
    trace.accumulators.values.push_back(sums.front());
  }
}

std::int64_t ComputePins::earlier_passes(const Slot& slot, std::uint32_t kernel,
                                         std::int64_t position) const {
  std::int64_t sum = 0;
  for (const KernelWeight* w = kernels_.begin(kernel); w != kernels_.end(kernel); ++w) {
    const auto channel = static_cast<std::int32_t>(w->column / area_);
    if (channel < slot.first_channel) {
      sum += product(
          w->value, pixel(kernel, channel, static_cast<std::int32_t>(w->column % area_), position));
    }
  }
  return sum;
}

/// Behind the channel tree: accumulator, bias, residual operand, requantisation and activation.
void ComputePins::finish(const Slot& slot, ComputeCycle& trace) const {
  const Layer& layer = params_.layer;
  const std::int32_t sum_bits =
      layer.weight_format.fraction_bits + params_.input_format.fraction_bits;
  const std::vector<std::int64_t> zeros(positions_ * lanes_, 0);
  const std::uint64_t shown = slot.last_pass ? trace.operands.slot : kNoSlot;
  trace.biased = trace.added = trace.results = {shown, zeros};
  if (slot.group == nullptr) {
    return;
  }
  for (const GroupedKernel& owner : *slot.group) {
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
