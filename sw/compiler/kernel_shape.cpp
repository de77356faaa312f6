// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/kernel_shape.h"

#include <algorithm>

namespace airnn {

namespace {

std::uint32_t blocks_for_counts(const std::vector<std::uint32_t>& columns,
                                const BlockSplit& split) {
  std::uint32_t most = 0;
  std::uint32_t count = 0;
  std::uint32_t channel = 0;
  for (const std::uint32_t column : columns) {
    if (column / split.multipliers != channel) {
      channel = column / split.multipliers;
      count = 0;
    }
    most = std::max(most, ++count);
  }
  const std::uint32_t needed = (most + split.size() - 1) / split.size();
  std::uint32_t blocks = 1;
  while (blocks < std::min(needed, split.blocks)) {
    blocks *= 2;
  }
  return blocks;
}

void choose_fixed_blocks(const std::vector<std::uint32_t>& columns, const BlockSplit& split,
                         KernelShape& shape) {
  std::uint32_t first = split.blocks;
  std::uint32_t last = 0;
  for (const std::uint32_t column : columns) {
    const std::uint32_t block = split.block_of(column % split.multipliers);
    first = std::min(first, block);
    last = std::max(last, block);
  }
  shape.blocks = 1;
  while (first / shape.blocks != last / shape.blocks) {
    shape.blocks *= 2;
  }
  shape.first_block = first / shape.blocks * shape.blocks;
}

}  // namespace

KernelShape shape_of(std::uint32_t kernel, std::uint32_t window,
                     const std::vector<std::uint32_t>& columns, const UnitShape& unit) {
  KernelShape shape;
  shape.kernel = kernel;
  shape.window = window;
  shape.weights = static_cast<std::uint32_t>(columns.size());
  switch (unit.policy) {
    case InterleavePolicy::block:
      shape.blocks = blocks_for_counts(columns, unit.split);
      break;
    case InterleavePolicy::block_fixed:
      choose_fixed_blocks(columns, unit.split, shape);
      shape.places = PlaceSet(unit.places());
      for (std::uint32_t b = 0; b < shape.blocks; ++b) {
        shape.places.insert(shape.first_block + b);
      }
      break;
    case InterleavePolicy::position:
      shape.places = PlaceSet(unit.places());
      for (const std::uint32_t column : columns) {
        shape.places.insert(column);
      }
      break;
  }
  return shape;
}

std::uint32_t power_of_two_below(std::uint32_t number) {
  std::uint32_t power = 1;
  while (power <= number / 2) {
    power *= 2;
  }
  return power;
}

}  // namespace airnn
