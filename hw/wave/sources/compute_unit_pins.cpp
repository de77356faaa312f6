// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/sources/compute_unit_pins.h"

#include <algorithm>
#include <utility>

namespace airnn {

namespace {

const WaveType kPixel = WaveType::signed_number(32);
const WaveType kSum = WaveType::sum();

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

ComputeUnitPins::ComputeUnitPins(WaveTree& tree, const std::string& scope,
                                 const ComputePinsParams& params, Cycle first, Cycle last)
    : scope_(scope),
      params_(params),
      first_(first),
      last_(last),
      idle_(params, {}, no_kernels_, kNoMap, params.layer.skip == kNoSource ? nullptr : kNoMap),
      positions_(static_cast<std::size_t>(params.parallelism.positions)),
      channels_(idle_.units() / positions_),
      outputs_(positions_ * idle_.lanes()) {
  slot_ = tree.add(scope_, "slot", WaveType::number(64));
  declare_operands(tree);
  declare_blocks(tree);
  declare_lanes(tree);
  own(slot_, tree);
}

std::string ComputeUnitPins::unit_scope(std::size_t unit) const {
  return scope_ + numbered(".position", unit / channels_) + numbered(".channel", unit % channels_);
}

std::string ComputeUnitPins::lane_scope(std::size_t position, std::size_t lane) const {
  return scope_ + numbered(".position", position) + numbered(".lane", lane + 1);
}

/// As in Figure 9: Add21 is the first adder of level 2.
std::string ComputeUnitPins::adder(std::size_t level, std::size_t number) const {
  constexpr std::size_t kMostDigits = 9;
  return std::to_string(level) + (idle_.lanes() > kMostDigits ? "_" : "") +
         std::to_string(number + 1);
}

void ComputeUnitPins::declare_operands(WaveTree& tree) {
  const ComputeCycle& shape = idle_.of_slot(kNoSlot);
  const std::size_t area = params_.split.multipliers;
  stages_.push_back({Stage::Kind::operands, 0, nullptr, tree.next(), kNoSlot});
  for (std::size_t flag = 0; flag < shape.operands.flags.size(); ++flag) {
    tree.add(scope_, numbered("flag", flag + 1), WaveType::bit());
  }
  for (std::size_t i = 0; i < shape.operands.multipliers.size(); ++i) {
    const std::string unit = unit_scope(i / area);
    tree.add(unit, numbered("pixel", i % area), kPixel);
    tree.add(unit, numbered("weight", i % area), kPixel);
    if (params_.policy == InterleavePolicy::position) {
      tree.add(unit, numbered("tag", i % area), WaveType::number_to(kMaxGroupedKernels - 1));
    }
  }
  stages_.push_back({Stage::Kind::products, 0, nullptr, tree.next(), kNoSlot});
  for (std::size_t i = 0; i < shape.products.values.size(); ++i) {
    tree.add(unit_scope(i / area), numbered("product", i % area), kSum);
  }
}

void ComputeUnitPins::declare_blocks(WaveTree& tree) {
  const ComputeCycle& shape = idle_.of_slot(kNoSlot);
  const std::size_t levels = shape.block_trees.size();
  for (std::size_t level = 0; level < levels; ++level) {
    stages_.push_back({Stage::Kind::block_tree, level, nullptr, tree.next(), kNoSlot});
    for (std::size_t unit = 0; unit < idle_.units(); ++unit) {
      for (std::uint32_t block = 0; block < idle_.lanes(); ++block) {
        // The block's sum has the name of the figure, what leads to it a longer one.
        const std::string sum = numbered("Add", block + 1);
        for (std::size_t i = 0; i < idle_.tree_adders(block, level); ++i) {
          const std::string inner = numbered("_level", level + 1) + numbered("_", i + 1);
          tree.add(unit_scope(unit), level + 1 == levels ? sum : sum + inner, kSum);
        }
      }
    }
  }
  for (std::size_t level = 0; level < shape.block_levels.size(); ++level) {
    const std::size_t adders = shape.block_levels[level].selects.size();
    stages_.push_back({Stage::Kind::block_level, level, nullptr, tree.next(), kNoSlot});
    for (std::size_t i = 0; i < adders; ++i) {
      tree.add(scope_, "select" + adder(level + 2, i), WaveType::bit());
    }
    for (std::size_t i = 0; i < idle_.units() * adders; ++i) {
      tree.add(unit_scope(i / adders), "Add" + adder(level + 2, i % adders), kSum);
    }
    for (std::size_t i = 0; i < idle_.units() * idle_.lanes(); ++i) {
      tree.add(unit_scope(i / idle_.lanes()), "lane" + adder(level + 2, i % idle_.lanes()), kSum);
    }
  }
}

void ComputeUnitPins::declare_lanes(WaveTree& tree) {
  const ComputeCycle& shape = idle_.of_slot(kNoSlot);
  for (std::size_t level = 0; level < shape.channel_tree.size(); ++level) {
    stages_.push_back({Stage::Kind::channel_tree, level, nullptr, tree.next(), kNoSlot});
    const std::size_t adders = shape.channel_tree[level].adders.size() / outputs_.size();
    for (std::size_t i = 0; i < shape.channel_tree[level].adders.size(); ++i) {
      const std::size_t lane = i / adders;
      tree.add(lane_scope(lane / idle_.lanes(), lane % idle_.lanes()),
               numbered("channel_sum", level + 1) + numbered("_", i % adders + 1), kSum);
    }
  }
  // One pass needs no accumulator.
  if (params_.layer.input.channels / params_.layer.groups > static_cast<std::int64_t>(channels_)) {
    declare_values(tree, "accumulator", &ComputeCycle::accumulators, kSum);
  }
  declare_values(tree, "biased", &ComputeCycle::biased, kSum);
  if (params_.layer.skip != kNoSource) {
    declare_values(tree, "added", &ComputeCycle::added, kSum);
  }
  declare_values(tree, "result", &ComputeCycle::results, kPixel);
  stages_.back().kind = Stage::Kind::results;
  for (std::size_t i = 0; i < outputs_.size(); ++i) {
    const std::string scope = lane_scope(i / idle_.lanes(), i % idle_.lanes());
    outputs_[i].valid = tree.add(scope, "valid", WaveType::bit());
    tree.add(scope, "kernel", WaveType::number(32));
    tree.add(scope, "position", WaveType::number(32));
  }
}

void ComputeUnitPins::declare_values(WaveTree& tree, const std::string& name,
                                     ValuePins ComputeCycle::*values, const WaveType& type) {
  stages_.push_back({Stage::Kind::values, 0, values, tree.next(), kNoSlot});
  for (std::size_t i = 0; i < outputs_.size(); ++i) {
    tree.add(lane_scope(i / idle_.lanes(), i % idle_.lanes()), name, type);
  }
}

void ComputeUnitPins::started(const LayerStarted& event) {
  if (event.issues->empty()) {
    return;
  }
  const IssueRun& last = event.issues->back();
  const Cycle end = last.begin + last.slots + idle_.depth();
  if (end < first_ || event.start > last_) {
    return;
  }
  Run run;
  run.issues = *event.issues;
  run.kernels = event.kernels;
  run.map.assign(event.map, event.map + params_.layer.input.size());
  if (event.skip != nullptr) {
    run.skip.assign(event.skip, event.skip + params_.layer.result.size());
  }
  run.pins = std::make_unique<ComputePins>(
      params_, event.groups == nullptr ? KernelGroups() : *event.groups, *run.kernels,
      run.map.data(), run.skip.empty() ? nullptr : run.skip.data());
  run.next = std::max(run.issues.front().begin, first_);
  run.end = end;
  runs_.push_back(std::move(run));
}

std::uint64_t ComputeUnitPins::slot_at(const Run& run, Cycle cycle) {
  const auto behind =
      std::upper_bound(run.issues.begin(), run.issues.end(), cycle,
                       [](Cycle at, const IssueRun& issue) { return at < issue.begin; });
  if (behind == run.issues.begin()) {
    return kNoSlot;
  }
  const IssueRun& issue = *std::prev(behind);
  const std::uint64_t in_run = cycle - issue.begin;
  return in_run < issue.slots ? issue.slot + in_run : kNoSlot;
}

void ComputeUnitPins::show(Cycle cycle, VcdWriter& writer) {
  Run& run = runs_.front();
  for (std::size_t s = 0; s < stages_.size(); ++s) {
    Stage& stage = stages_[s];
    const std::uint64_t slot = cycle < s ? kNoSlot : slot_at(run, cycle - s);
    if (slot != stage.slot) {
      stage.slot = slot;
      show_stage(stage, run.pins->of_slot(slot), writer);
    }
  }
  writer.set(slot_, stages_.front().slot == kNoSlot ? 0 : stages_.front().slot);
  if (cycle >= run.end) {
    runs_.pop_front();
  } else {
    run.next = cycle + 1;
  }
}

void ComputeUnitPins::show_stage(const Stage& stage, const ComputeCycle& trace, VcdWriter& writer) {
  switch (stage.kind) {
    case Stage::Kind::operands:
      show_operands(stage.first, trace.operands, writer);
      break;
    case Stage::Kind::products:
      writer.set_all(stage.first, trace.products.values);
      break;
    case Stage::Kind::block_tree:
      writer.set_all(stage.first, trace.block_trees[stage.level].adders);
      break;
    case Stage::Kind::block_level: {
      const MuxPins& pins = trace.block_levels[stage.level];
      WaveId id = stage.first;
      for (const bool select : pins.selects) {
        writer.set(id++, select && pins.slot != kNoSlot ? 1 : 0);
      }
      writer.set_all(id, pins.adders);
      writer.set_all(id + static_cast<WaveId>(pins.adders.size()), pins.lanes);
      break;
    }
    case Stage::Kind::channel_tree:
      writer.set_all(stage.first, trace.channel_tree[stage.level].adders);
      break;
    case Stage::Kind::values:
      writer.set_all(stage.first, (trace.*stage.values).values);
      break;
    case Stage::Kind::results:
      writer.set_all(stage.first, trace.results.values);
      show_outputs(trace, writer);
      break;
  }
}

void ComputeUnitPins::show_operands(WaveId id, const OperandPins& operands, VcdWriter& writer) {
  for (const bool flag : operands.flags) {
    writer.set(id++, flag ? 1 : 0);
  }
  const std::vector<MultiplierPins>& next = operands.multipliers;
  shown_multipliers_.resize(next.size());
  for (std::size_t begin = 0; begin < next.size(); begin += VcdWriter::kTogether) {
    const std::size_t count = std::min(VcdWriter::kTogether, next.size() - begin);
    std::uint64_t changed = 0;
    for (std::size_t i = 0; i < count; ++i) {
      changed |= std::uint64_t{is_other(shown_multipliers_[begin + i], next[begin + i])} << i;
    }
    for (; changed != 0; changed &= changed - 1) {
      const std::size_t i = begin + static_cast<std::size_t>(__builtin_ctzll(changed));
      show_multiplier(id, i, next[i], writer);
    }
  }
}

/// `id`: of the first signal of all multipliers.
void ComputeUnitPins::show_multiplier(WaveId id, std::size_t number, const MultiplierPins& pins,
                                      VcdWriter& writer) {
  const bool is_tagged = params_.policy == InterleavePolicy::position;
  const WaveId first = id + (is_tagged ? 3 : 2) * static_cast<WaveId>(number);
  writer.set_signed(first, pins.pixel);
  writer.set_signed(first + 1, pins.weight);
  if (is_tagged) {
    writer.set(first + 2, pins.owner);
  }
  shown_multipliers_[number] = pins;
}

void ComputeUnitPins::show_outputs(const ComputeCycle& trace, VcdWriter& writer) {
  for (const std::size_t i : shown_outputs_) {
    outputs_[i].is_shown = false;
  }
  const std::vector<std::size_t> before = std::exchange(shown_outputs_, {});
  for (const OutputPins& output : trace.outputs) {
    const std::size_t place =
        static_cast<std::size_t>(output.position) % positions_ * idle_.lanes() + output.lane;
    const WaveId id = outputs_[place].valid;
    writer.set(id, 1);
    writer.set(id + 1, output.kernel);
    writer.set(id + 2, static_cast<std::uint64_t>(output.position));
    outputs_[place].is_shown = true;
    shown_outputs_.push_back(place);
  }
  for (const std::size_t i : before) {
    if (!outputs_[i].is_shown) {
      for (WaveId id = outputs_[i].valid; id < outputs_[i].valid + 3; ++id) {
        writer.set(id, 0);
      }
    }
  }
}

}  // namespace airnn
