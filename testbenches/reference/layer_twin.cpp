// SPDX-License-Identifier: Apache-2.0
#include "testbenches/reference/layer_twin.h"

#include <algorithm>
#include <deque>

namespace airnn::test {

namespace {

/// Levels until pairs of neighbours have been added up to one value.
std::uint64_t tree_levels(std::int64_t values) {
  std::uint64_t levels = 0;
  for (; values > 1; values = (values + 1) / 2) {
    ++levels;
  }
  return levels;
}

/// Steps in which `step` things at a time are dealt with; 0: all at once.
std::uint64_t steps(std::int64_t things, std::int64_t step) {
  std::uint64_t count = 0;
  for (std::int64_t done = 0; done < things; done += step == 0 ? things : step) {
    ++count;
  }
  return count;
}

std::int64_t channels_of_kernel(const Layer& layer) {
  return layer.input.channels / layer.groups;
}

std::uint64_t passes(const Layer& layer, const TwinUnit& unit) {
  switch (layer.kind) {
    case LayerKind::fully_connected:
      return steps(layer.columns, unit.fc_multipliers);
    case LayerKind::convolution:
      return steps(channels_of_kernel(layer), unit.channels_in_parallel);
    default:
      return steps(layer.result.channels, unit.channels_in_parallel);
  }
}

std::uint64_t slots_of_tile(const Layer& layer, const TwinUnit& unit, std::uint64_t kernels) {
  switch (layer.kind) {
    case LayerKind::convolution:
    case LayerKind::fully_connected:
      return passes(layer, unit) * kernels;
    case LayerKind::depthwise:
      return steps(static_cast<std::int64_t>(kernels), unit.channels_in_parallel);
    default:
      return passes(layer, unit);
  }
}

/// The unit's registers, moved once per cycle.
class LayerTwin {
 public:
  LayerTwin(const Layer& layer, const TwinUnit& unit, std::uint64_t kernels)
      : layer_(layer),
        unit_(unit),
        per_tile_(slots_of_tile(layer, unit, kernels)),
        pipeline_(twin_depth(layer, unit) + 1, 0) {
    run_.row_ready.assign(static_cast<std::size_t>(layer.output.height), 0);
  }

  TwinRun run(std::uint64_t earliest, const std::vector<std::uint64_t>& input_ready,
              const std::vector<std::uint64_t>& skip_ready);

 private:
  std::int64_t positions() const {
    return std::int64_t{layer_.result.height} * layer_.result.width;
  }
  std::int64_t tile_end() const {
    return std::min(issued_ + unit_.positions_in_parallel, positions());
  }
  std::int64_t result_row_needed() const { return (tile_end() - 1) / layer_.result.width; }
  /// Last input row under the window of the tile's last position.
  std::int64_t input_row_needed() const;

  bool readable(const std::vector<std::uint64_t>& ready, std::int64_t last_row) const {
    return std::all_of(ready.begin(), ready.begin() + last_row + 1,
                       [this](std::uint64_t since) { return since <= cycle_; });
  }
  void shift();
  bool issue();
  TwinRun finished();

  Layer layer_;
  TwinUnit unit_;
  std::uint64_t per_tile_;
  std::deque<std::int64_t> pipeline_;  ///< positions that leave with the next shifts
  std::uint64_t cycle_ = 0;
  std::uint64_t slot_ = 0;  ///< of the tile
  std::int64_t issued_ = 0;
  std::int64_t delivered_ = 0;
  bool started_ = false;
  TwinRun run_;
};

std::int64_t LayerTwin::input_row_needed() const {
  const bool pools = layer_.kind == LayerKind::pooling;
  if (layer_.kind == LayerKind::addition) {
    return result_row_needed();
  }
  if (layer_.kind == LayerKind::fully_connected) {
    return layer_.input.height - 1;
  }
  const Window& window = pools ? layer_.pool_window : layer_.window;
  const std::int64_t row =
      result_row_needed() * window.stride_h - window.pad_top + window.kernel_h - 1;
  return std::clamp<std::int64_t>(row, 0, layer_.input.height - 1);
}

/// What leaves the pipeline in this cycle is readable from this cycle on.
void LayerTwin::shift() {
  const std::int64_t rows_before = delivered_ / layer_.result.width;
  delivered_ += pipeline_.front();
  pipeline_.pop_front();
  pipeline_.push_back(0);
  const std::int64_t rows = delivered_ / layer_.result.width;
  const bool stage = layer_.pool != PoolKind::none && layer_.kind != LayerKind::pooling;
  for (std::int64_t row = 0; row < layer_.output.height; ++row) {
    const Window& window = layer_.pool_window;
    const std::int64_t end = row * window.stride_h - window.pad_top + window.kernel_h;
    const std::int64_t due =
        stage ? std::clamp<std::int64_t>(end, 1, layer_.result.height) : row + 1;
    if (rows_before < due && rows >= due) {
      run_.row_ready[static_cast<std::size_t>(row)] = cycle_;
    }
  }
}

/// Issues a slot of the present tile, or passes a tile that has none. Returns whether it was a
/// slot.
bool LayerTwin::issue() {
  if (!started_) {
    run_.start = cycle_;
    started_ = true;
  }
  const bool has_slots = per_tile_ > 0;
  run_.slots += has_slots ? 1 : 0;
  if (has_slots && ++slot_ < per_tile_) {
    return true;
  }
  slot_ = 0;
  // A tile that ends with a slot of this cycle ends before the next one.
  pipeline_[pipeline_.size() - (has_slots ? 1 : 2)] += tile_end() - issued_;
  issued_ = tile_end();
  return has_slots;
}

TwinRun LayerTwin::run(std::uint64_t earliest, const std::vector<std::uint64_t>& input_ready,
                       const std::vector<std::uint64_t>& skip_ready) {
  const auto rows_there = [&](std::int64_t input_row, std::int64_t skip_row) {
    return readable(input_ready, input_row) &&
           (skip_ready.empty() || readable(skip_ready, skip_row));
  };
  for (cycle_ = earliest;; ++cycle_) {
    shift();
    const bool complete = rows_there(layer_.input.height - 1, layer_.result.height - 1);
    if (delivered_ == positions() && complete) {
      break;
    }
    bool slot_issued = false;
    // Tiles without slots take no time: all whose rows are there pass in the same cycle.
    while (!slot_issued && issued_ < positions() &&
           (unit_.by_rows ? rows_there(input_row_needed(), result_row_needed()) : complete)) {
      slot_issued = issue();
    }
    const bool tiles_wait = issued_ < positions() && !slot_issued;
    const bool only_rows_missing = delivered_ == positions();
    run_.stalled += started_ && (tiles_wait || only_rows_missing) ? 1 : 0;
  }
  run_.finish = cycle_;
  run_.row_ready.back() = cycle_;
  if (!unit_.by_rows) {
    std::fill(run_.row_ready.begin(), run_.row_ready.end(), cycle_);
  }
  return run_;
}

}  // namespace

std::uint64_t twin_depth(const Layer& layer, const TwinUnit& unit) {
  const auto side_by_side = [](std::int64_t all, std::int64_t limit) {
    return limit == 0 ? all : std::min(all, limit);
  };
  std::uint64_t depth = 1;  // activation
  if (layer.has_weights()) {
    depth += 1 + 1;  // multiplier, bias
    if (layer.kind == LayerKind::fully_connected) {
      depth += tree_levels(side_by_side(layer.columns, unit.fc_multipliers));
    } else {
      // A tree in every block, the largest of which is the last, and one over the blocks.
      const std::int64_t others = unit.blocks - 1;
      depth += tree_levels(layer.window.area() - others * (layer.window.area() / unit.blocks));
      depth += tree_levels(unit.blocks);
    }
    if (layer.kind == LayerKind::convolution) {
      depth += tree_levels(side_by_side(channels_of_kernel(layer), unit.channels_in_parallel));
    }
    if (layer.kind != LayerKind::depthwise && passes(layer, unit) > 1) {
      ++depth;  // accumulator
    }
  }
  depth += layer.skip != kNoSource ? 1 : 0;
  depth += layer.pool != PoolKind::none ? 2 : 0;
  return depth;
}

TwinRun run_layer_twin(const Layer& layer, const TwinUnit& unit, std::uint64_t earliest,
                       std::uint64_t kernels, const std::vector<std::uint64_t>& input_ready,
                       const std::vector<std::uint64_t>& skip_ready) {
  return LayerTwin(layer, unit, kernels).run(earliest, input_ready, skip_ready);
}

}  // namespace airnn::test
