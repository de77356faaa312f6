// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/layer_interleaving.h"

#include <algorithm>

#include "sw/compiler/best_grouping.h"
#include "sw/compiler/block_choice.h"
#include "sw/compiler/block_placement.h"
#include "sw/compiler/greedy_grouping.h"
#include "sw/compiler/group_bound.h"

namespace airnn {

namespace {

/// The kernels with a weight in iterations 1.. `iteration`.
std::vector<KernelShape> shapes_in(int iteration, const Layer& layer,
                                   const KernelArrivals& arrivals, const UnitShape& unit) {
  const auto kernels_per_window =
      static_cast<std::uint32_t>(layer.kernels) / static_cast<std::uint32_t>(layer.groups);
  std::vector<KernelShape> shapes;
  std::vector<std::uint32_t> columns;
  for (std::uint32_t kernel = 0; kernel < arrivals.size(); ++kernel) {
    columns.clear();
    for (const ArrivingWeight& weight : arrivals[kernel]) {
      if (weight.iteration <= static_cast<std::uint32_t>(iteration)) {
        columns.push_back(weight.column);
      }
    }
    if (!columns.empty()) {
      shapes.push_back(shape_of(kernel, kernel / kernels_per_window, columns, unit));
    }
  }
  return shapes;
}

std::uint32_t choose_blocks(const Layer& layer, const KernelArrivals& arrivals, int iterations,
                            const InterleaveOptions& options, UnitShape unit) {
  const std::uint32_t multipliers = unit.split.multipliers;
  if (options.policy == InterleavePolicy::position) {
    return 1;
  }
  if (options.blocks > 0) {
    return std::min(static_cast<std::uint32_t>(options.blocks), power_of_two_below(multipliers));
  }
  unit.policy = InterleavePolicy::position;
  GroupSizes sizes;
  for (int i = 1; i <= std::min(kSparseIterations, iterations); ++i) {
    sizes.add(greedy_grouping(shapes_in(i, layer, arrivals, unit), unit));
  }
  return sizes.blocks(multipliers);
}

}  // namespace

LayerInterleaving interleave_layer(const Layer& layer, const KernelArrivals& arrivals,
                                   int iterations, const InterleaveOptions& options,
                                   const Checkpoint& checkpoint) {
  UnitShape unit;
  unit.policy = options.policy;
  unit.split.multipliers = static_cast<std::uint32_t>(layer.window.area());
  unit.channels = static_cast<std::uint32_t>(layer.columns) / unit.split.multipliers;
  LayerInterleaving result;
  result.blocks = choose_blocks(layer, arrivals, iterations, options, unit);
  unit.split.blocks = result.blocks;
  for (int i = 1; i <= std::min(options.iterations, iterations); ++i) {
    pass(checkpoint);
    const std::vector<KernelShape> shapes = shapes_in(i, layer, arrivals, unit);
    const Grouping greedy = greedy_grouping(shapes, unit);
    const Grouping best = best_grouping(shapes, unit);
    const bool paper = options.grouping == GroupingMethod::greedy;
    result.iterations.push_back({place_groups(paper ? greedy : best, shapes, unit), greedy.size(),
                                 best.size(), least_groups(shapes, unit)});
  }
  return result;
}

}  // namespace airnn
