// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/mac/mac_pins.h"

#include <algorithm>
#include <utility>

#include "hw/compute/layer_engine.h"

namespace airnn {

namespace {

constexpr PinType kPixel{PinKind::signed_number, 32};
constexpr PinType kSum{PinKind::sum, 64};
constexpr PinType kBit{PinKind::bit, 1};
constexpr PinType kNumber{PinKind::number, 32};
constexpr PinType kTag{PinKind::number, 2};
static_assert(kMaxGroupedKernels == 1U << kTag.width, "a tag names a kernel of a group");

/// So many neighbours are looked at together, as most stay as they are.
constexpr std::size_t kTogether = 64;

/// Stands for maps that nobody reads.
constexpr std::int32_t kNoMap[1] = {};

/// Without branches: which of them changes cannot be foreseen.
bool is_other(const MultiplierPins& one, const MultiplierPins& other) {
  const auto bits = static_cast<std::uint32_t>(one.pixel ^ other.pixel) |
                    static_cast<std::uint32_t>(one.weight ^ other.weight) |
                    (one.owner ^ other.owner);
  return bits != 0;
}

std::string numbered(const std::string& name, std::size_t number) {
  return name + std::to_string(number);
}

}  // namespace

MacPins::MacPins(const EngineParams& params)
    : params_(params),
      idle_(params, {}, no_kernels_, kNoMap, params.layer.skip == kNoSource ? nullptr : kNoMap),
      positions_(static_cast<std::size_t>(params.parallelism.positions)),
      channels_(idle_.units() / positions_),
      area_(static_cast<std::size_t>(params.layer.window.area())),
      outputs_(positions_ * idle_.lanes()) {
  declare_operands();
  declare_blocks();
  declare_lanes();
}

std::size_t MacPins::declare(const std::string& scope, const std::string& name,
                             const PinType& type) {
  pins_.push_back({scope, name, type});
  return pins_.size() - 1;
}

void MacPins::begin_stage(Stage::Kind kind, std::size_t level, ValuePins ComputeCycle::*values) {
  stages_.push_back({kind, level, values, pins_.size()});
}

std::string MacPins::unit_scope(std::size_t unit) const {
  return numbered("position", unit / channels_) + numbered(".channel", unit % channels_);
}

std::string MacPins::lane_scope(std::size_t position, std::size_t lane) const {
  return numbered("position", position) + numbered(".lane", lane + 1);
}

/// As in Figure 9: Add21 is the first adder of level 2.
std::string MacPins::adder(std::size_t level, std::size_t number) const {
  constexpr std::size_t kMostDigits = 9;
  return std::to_string(level) + (idle_.lanes() > kMostDigits ? "_" : "") +
         std::to_string(number + 1);
}

void MacPins::declare_operands() {
  const ComputeCycle& shape = idle_.of_slot(kNoSlot);
  begin_stage(Stage::Kind::operands);
  for (std::size_t flag = 0; flag < shape.operands.flags.size(); ++flag) {
    declare("", numbered("flag", flag + 1), kBit);
  }
  for (std::size_t i = 0; i < shape.operands.multipliers.size(); ++i) {
    const std::string unit = unit_scope(i / area_);
    declare(unit, numbered("pixel", i % area_), kPixel);
    declare(unit, numbered("weight", i % area_), kPixel);
    if (params_.policy == InterleavePolicy::position) {
      declare(unit, numbered("tag", i % area_), kTag);
    }
  }
  begin_stage(Stage::Kind::products);
  for (std::size_t i = 0; i < shape.products.values.size(); ++i) {
    declare(unit_scope(i / area_), numbered("product", i % area_), kSum);
  }
}

void MacPins::declare_blocks() {
  const ComputeCycle& shape = idle_.of_slot(kNoSlot);
  const std::size_t levels = shape.block_trees.size();
  for (std::size_t level = 0; level < levels; ++level) {
    begin_stage(Stage::Kind::block_tree, level);
    for (std::size_t unit = 0; unit < idle_.units(); ++unit) {
      for (std::uint32_t block = 0; block < idle_.lanes(); ++block) {
        // The block's sum has the name of the figure, what leads to it a longer one.
        const std::string sum = numbered("Add", block + 1);
        for (std::size_t i = 0; i < idle_.tree_adders(block, level); ++i) {
          const std::string inner = numbered("_level", level + 1) + numbered("_", i + 1);
          declare(unit_scope(unit), level + 1 == levels ? sum : sum + inner, kSum);
        }
      }
    }
  }
  for (std::size_t level = 0; level < shape.block_levels.size(); ++level) {
    const std::size_t adders = shape.block_levels[level].selects.size();
    begin_stage(Stage::Kind::block_level, level);
    for (std::size_t i = 0; i < adders; ++i) {
      declare("", "select" + adder(level + 2, i), kBit);
    }
    for (std::size_t i = 0; i < idle_.units() * adders; ++i) {
      declare(unit_scope(i / adders), "Add" + adder(level + 2, i % adders), kSum);
    }
    for (std::size_t i = 0; i < idle_.units() * idle_.lanes(); ++i) {
      declare(unit_scope(i / idle_.lanes()), "lane" + adder(level + 2, i % idle_.lanes()), kSum);
    }
  }
}

void MacPins::declare_lanes() {
  const ComputeCycle& shape = idle_.of_slot(kNoSlot);
  for (std::size_t level = 0; level < shape.channel_tree.size(); ++level) {
    begin_stage(Stage::Kind::channel_tree, level);
    const std::size_t adders = shape.channel_tree[level].adders.size() / outputs_.size();
    for (std::size_t i = 0; i < shape.channel_tree[level].adders.size(); ++i) {
      const std::size_t lane = i / adders;
      declare(lane_scope(lane / idle_.lanes(), lane % idle_.lanes()),
              numbered("channel_sum", level + 1) + numbered("_", i % adders + 1), kSum);
    }
  }
  // One pass needs no accumulator.
  if (params_.layer.input.channels / params_.layer.groups > static_cast<std::int64_t>(channels_)) {
    declare_values("accumulator", &ComputeCycle::accumulators, kSum);
  }
  declare_values("biased", &ComputeCycle::biased, kSum);
  if (params_.layer.skip != kNoSource) {
    declare_values("added", &ComputeCycle::added, kSum);
  }
  declare_values("result", &ComputeCycle::results, kPixel);
  stages_.back().kind = Stage::Kind::results;
  for (std::size_t i = 0; i < outputs_.size(); ++i) {
    const std::string scope = lane_scope(i / idle_.lanes(), i % idle_.lanes());
    outputs_[i].valid = declare(scope, "valid", kBit);
    declare(scope, "kernel", kNumber);
    declare(scope, "position", kNumber);
  }
}

void MacPins::declare_values(const std::string& name, ValuePins ComputeCycle::*values,
                             const PinType& type) {
  begin_stage(Stage::Kind::values, 0, values);
  for (std::size_t i = 0; i < outputs_.size(); ++i) {
    declare(lane_scope(i / idle_.lanes(), i % idle_.lanes()), name, type);
  }
}

void MacPins::begin(const LayerOperands& operands) {
  run_ = std::make_unique<ComputePins>(
      params_, operands.groups == nullptr ? KernelGroups() : *operands.groups, *operands.kernels,
      operands.map, operands.skip);
}

void MacPins::show(std::size_t number, std::uint64_t slot, PinSink& sink) {
  const Stage& stage = stages_[number];
  const ComputeCycle& trace = run_->of_slot(slot);
  switch (stage.kind) {
    case Stage::Kind::operands:
      show_operands(stage.first, trace.operands, sink);
      break;
    case Stage::Kind::products:
      sink.set_all(stage.first, trace.products.values);
      break;
    case Stage::Kind::block_tree:
      sink.set_all(stage.first, trace.block_trees[stage.level].adders);
      break;
    case Stage::Kind::block_level: {
      const MuxPins& pins = trace.block_levels[stage.level];
      std::size_t pin = stage.first;
      for (const bool select : pins.selects) {
        sink.set(pin++, select && pins.slot != kNoSlot ? 1 : 0);
      }
      sink.set_all(pin, pins.adders);
      sink.set_all(pin + pins.adders.size(), pins.lanes);
      break;
    }
    case Stage::Kind::channel_tree:
      sink.set_all(stage.first, trace.channel_tree[stage.level].adders);
      break;
    case Stage::Kind::values:
      sink.set_all(stage.first, (trace.*stage.values).values);
      break;
    case Stage::Kind::results:
      sink.set_all(stage.first, trace.results.values);
      show_outputs(trace, sink);
      break;
  }
}

void MacPins::show_operands(std::size_t pin, const OperandPins& operands, PinSink& sink) {
  for (const bool flag : operands.flags) {
    sink.set(pin++, flag ? 1 : 0);
  }
  const std::vector<MultiplierPins>& next = operands.multipliers;
  shown_multipliers_.resize(next.size());
  for (std::size_t begin = 0; begin < next.size(); begin += kTogether) {
    const std::size_t count = std::min(kTogether, next.size() - begin);
    std::uint64_t changed = 0;
    for (std::size_t i = 0; i < count; ++i) {
      changed |= std::uint64_t{is_other(shown_multipliers_[begin + i], next[begin + i])} << i;
    }
    for (; changed != 0; changed &= changed - 1) {
      const std::size_t i = begin + static_cast<std::size_t>(__builtin_ctzll(changed));
      show_multiplier(pin, i, next[i], sink);
    }
  }
}

/// `pin`: the first of all multipliers.
void MacPins::show_multiplier(std::size_t pin, std::size_t number, const MultiplierPins& pins,
                              PinSink& sink) {
  const bool is_tagged = params_.policy == InterleavePolicy::position;
  const std::size_t first = pin + (is_tagged ? 3 : 2) * number;
  sink.set(first, pins.pixel);
  sink.set(first + 1, pins.weight);
  if (is_tagged) {
    sink.set(first + 2, pins.owner);
  }
  shown_multipliers_[number] = pins;
}

void MacPins::show_outputs(const ComputeCycle& trace, PinSink& sink) {
  for (const std::size_t i : shown_outputs_) {
    outputs_[i].is_shown = false;
  }
  const std::vector<std::size_t> before = std::exchange(shown_outputs_, {});
  for (const OutputPins& output : trace.outputs) {
    const std::size_t place =
        static_cast<std::size_t>(output.position) % positions_ * idle_.lanes() + output.lane;
    const std::size_t pin = outputs_[place].valid;
    sink.set(pin, 1);
    sink.set(pin + 1, output.kernel);
    sink.set(pin + 2, output.position);
    outputs_[place].is_shown = true;
    shown_outputs_.push_back(place);
  }
  for (const std::size_t i : before) {
    if (!outputs_[i].is_shown) {
      for (std::size_t pin = outputs_[i].valid; pin < outputs_[i].valid + 3; ++pin) {
        sink.set(pin, 0);
      }
    }
  }
}

}  // namespace airnn
