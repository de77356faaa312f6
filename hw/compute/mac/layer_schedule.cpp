// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/mac/layer_schedule.h"

#include <algorithm>

#include "hw/compute/divide_up.h"
#include "hw/compute/mac/adder_tree.h"

namespace airnn {

namespace {

// Table VII.
constexpr Cycle kMultiplier = 1;
constexpr Cycle kBias = 1;
constexpr Cycle kActivation = 1;
constexpr Cycle kPool = 2;
constexpr Cycle kResidual = 1;

/// Levels inside a channel unit: a tree per block, of which the last is the largest, and the tree
/// over the blocks.
Cycle block_levels(const BlockSplit& split) {
  return Cycle{adder_tree_levels(split.capacity(split.blocks - 1, 1))} +
         adder_tree_levels(split.blocks);
}

/// The slots that are issued from `cycle` on, behind those that are there.
void add_issues(std::vector<IssueRun>& issues, Cycle cycle, std::uint64_t slots) {
  if (slots == 0) {
    return;
  }
  if (!issues.empty() && issues.back().begin + issues.back().slots == cycle) {
    issues.back().slots += slots;
    return;
  }
  const std::uint64_t first = issues.empty() ? 0 : issues.back().slot + issues.back().slots;
  issues.push_back({cycle, first, slots});
}

/// Last input row that the windows of output row `row` read.
std::int32_t last_row(const Window& window, std::int32_t row, std::int32_t height) {
  const std::int32_t last = row * window.stride_h - window.pad_top + window.kernel_h - 1;
  return std::clamp(last, 0, height - 1);
}

}  // namespace

LayerSchedule::LayerSchedule(const Layer& layer, const ComputeParallelism& parallelism,
                             Handoff handoff, std::uint32_t blocks)
    : layer_(layer), parallelism_(parallelism), handoff_(handoff) {
  const std::int64_t positions = std::int64_t{layer.result.height} * layer.result.width;
  tiles_ = divide_up(positions, parallelism.positions);
  std::int64_t channels = layer.result.channels;  // pooling and addition: all at once
  switch (layer.kind) {
    case LayerKind::convolution:
      channels = layer.input.channels / layer.groups;
      break;
    case LayerKind::depthwise:
      channels = layer.kernels;
      break;
    case LayerKind::fully_connected:
    case LayerKind::pooling:
    case LayerKind::addition:
      break;
  }
  if (parallelism.channels == 0 || parallelism.channels > channels) {
    parallelism_.channels = static_cast<std::int32_t>(channels);
  }
  passes_ = divide_up(channels, parallelism_.channels);

  switch (layer.kind) {
    case LayerKind::convolution:
      depth_ = kMultiplier +
               block_levels({static_cast<std::uint32_t>(layer.window.area()), blocks}) +
               adder_tree_levels(static_cast<std::uint64_t>(parallelism_.channels)) +
               (passes_ > 1 ? 1 : 0) + kBias + kActivation;
      break;
    case LayerKind::depthwise:
      depth_ = kMultiplier + adder_tree_levels(static_cast<std::uint64_t>(layer.window.area())) +
               kBias + kActivation;
      break;
    case LayerKind::fully_connected: {
      const bool limited =
          parallelism.fc_multipliers > 0 && parallelism.fc_multipliers < layer.columns;
      parallelism_.fc_multipliers = limited ? parallelism.fc_multipliers : layer.columns;
      parallelism_.positions = 1;
      tiles_ = 1;
      passes_ = divide_up(layer.columns, parallelism_.fc_multipliers);
      depth_ = kMultiplier +
               adder_tree_levels(static_cast<std::uint64_t>(parallelism_.fc_multipliers)) +
               (passes_ > 1 ? 1 : 0) + kBias + kActivation;
      break;
    }
    case LayerKind::pooling:
    case LayerKind::addition:
      depth_ = kActivation;
      break;
  }
  if (layer.skip != kNoSource) {
    depth_ += kResidual;
  }
  if (layer.pool != PoolKind::none) {
    pool_cycles_ = kPool;
    depth_ += kPool;
  }
}

std::uint64_t LayerSchedule::multipliers() const {
  switch (layer_.kind) {
    case LayerKind::convolution:
    case LayerKind::depthwise:
      return static_cast<std::uint64_t>(parallelism_.positions) *
             static_cast<std::uint64_t>(parallelism_.channels) *
             static_cast<std::uint64_t>(layer_.window.area());
    case LayerKind::fully_connected:
      return static_cast<std::uint64_t>(parallelism_.fc_multipliers);
    case LayerKind::pooling:
    case LayerKind::addition:
      return 0;
  }
  return 0;
}

std::uint64_t LayerSchedule::channel_units() const {
  return static_cast<std::uint64_t>(parallelism_.positions) *
         static_cast<std::uint64_t>(parallelism_.channels);
}

std::uint64_t LayerSchedule::slots_per_tile(std::uint64_t kernels) const {
  switch (layer_.kind) {
    case LayerKind::convolution:
    case LayerKind::fully_connected:
      return passes_ * kernels;
    case LayerKind::depthwise:
      // Kernels sit side by side where other layers have channels.
      return divide_up(static_cast<std::int64_t>(kernels), parallelism_.channels);
    case LayerKind::pooling:
    case LayerKind::addition:
      return passes_;
  }
  return 0;
}

Cycle LayerSchedule::rows_ready(std::int32_t row, const Cycle* input_ready,
                                const Cycle* skip_ready) const {
  const std::int32_t height = layer_.input.height;
  std::int32_t last = height - 1;
  if (layer_.kind == LayerKind::convolution || layer_.kind == LayerKind::depthwise) {
    last = last_row(layer_.window, row, height);
  } else if (layer_.kind == LayerKind::pooling) {
    last = last_row(layer_.pool_window, row, height);
  } else if (layer_.kind == LayerKind::addition) {
    last = row;
  }
  const Cycle input = *std::max_element(input_ready, input_ready + last + 1);
  return skip_ready == nullptr
             ? input
             : std::max(input, *std::max_element(skip_ready, skip_ready + row + 1));
}

LayerRun LayerSchedule::run(Cycle earliest, std::uint64_t kernels, const Cycle* input_ready,
                            const Cycle* skip_ready, std::vector<IssueRun>* issues) const {
  LayerRun run;
  const std::uint64_t per_tile = slots_per_tile(kernels);
  const std::int32_t height = layer_.result.height;
  run.slots = tiles_ * per_tile;
  std::vector<Cycle> result_ready(static_cast<std::size_t>(height));
  if (handoff_ == Handoff::map) {
    run.start = std::max(earliest, rows_ready(height - 1, input_ready, skip_ready));
    std::fill(result_ready.begin(), result_ready.end(), run.start + run.slots + depth_);
    if (issues != nullptr) {
      add_issues(*issues, run.start, run.slots);
    }
  } else {
    const std::int32_t width = layer_.kind == LayerKind::fully_connected ? 1 : layer_.result.width;
    const auto tile_rows = [&](std::uint64_t tile) {
      const std::int64_t positions = static_cast<std::int64_t>(tile + 1) * parallelism_.positions;
      return std::min<std::int64_t>((positions - 1) / width, height - 1);
    };
    Cycle next = std::max(
        earliest, rows_ready(static_cast<std::int32_t>(tile_rows(0)), input_ready, skip_ready));
    run.start = next;
    std::int64_t checked = -1;
    std::int64_t finished = 0;
    for (std::uint64_t tile = 0; tile < tiles_; ++tile) {
      const std::int64_t row = tile_rows(tile);
      if (row != checked) {
        next = std::max(next, rows_ready(static_cast<std::int32_t>(row), input_ready, skip_ready));
        checked = row;
      }
      if (issues != nullptr) {
        add_issues(*issues, next, per_tile);
      }
      next += per_tile;
      const std::int64_t complete = std::min<std::int64_t>(
          static_cast<std::int64_t>(tile + 1) * parallelism_.positions / width, height);
      const std::int64_t end = tile + 1 == tiles_ ? height : complete;
      for (; finished < end; ++finished) {
        result_ready[static_cast<std::size_t>(finished)] = next + depth_;
      }
    }
    run.stalled = next - run.start - run.slots;
  }
  set_row_ready(run, result_ready);
  const Cycle computed = std::max(run.row_ready.back(), result_ready.back());
  // Rows behind the last window are computed too. And a layer does not end before the layers it
  // reads from: else the output could be there while one of them still works.
  run.finish = std::max(computed, input_ready[layer_.input.height - 1]);
  if (skip_ready != nullptr) {
    run.finish = std::max(run.finish, skip_ready[height - 1]);
  }
  run.stalled += run.finish - computed;
  run.row_ready.back() = run.finish;
  return run;
}

void LayerSchedule::set_row_ready(LayerRun& run, const std::vector<Cycle>& result_ready) const {
  if (layer_.pool == PoolKind::none || layer_.kind == LayerKind::pooling) {
    run.row_ready = result_ready;
    return;
  }
  const std::int32_t height = layer_.result.height;
  for (std::int32_t row = 0; row < layer_.output.height; ++row) {
    run.row_ready.push_back(
        result_ready[static_cast<std::size_t>(last_row(layer_.pool_window, row, height))]);
  }
}

}  // namespace airnn
