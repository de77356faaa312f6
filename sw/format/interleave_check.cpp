// SPDX-License-Identifier: Apache-2.0
#include "sw/format/interleave_check.h"

#include <algorithm>
#include <string>

#include "sw/format/errors.h"

namespace airnn {

namespace {

std::string kernel_text(std::uint32_t kernel) {
  return "kernel " + std::to_string(kernel);
}

}  // namespace

bool can_be_interleaved(const Layer& layer) {
  return layer.kind == LayerKind::convolution && layer.window.area() > 1;
}

InterleaveCheck::InterleaveCheck(const Layer& layer, InterleavePolicy policy)
    : policy_(policy),
      split_{static_cast<std::uint32_t>(layer.window.area()), 1},
      kernels_per_window_(static_cast<std::uint32_t>(layer.kernels / layer.groups)),
      channels_(static_cast<std::size_t>(layer.columns / layer.window.area())),
      kernels_(static_cast<std::size_t>(layer.kernels)) {
  if (policy == InterleavePolicy::block) {
    in_channel_.resize(kernels_.size() * channels_);
  } else if (policy == InterleavePolicy::position) {
    columns_.resize(kernels_.size());
    group_of_column_.resize(static_cast<std::size_t>(layer.columns));
  }
}

void InterleaveCheck::add(const CrsCluster& arrays, std::size_t entry) {
  const std::vector<RowEntry>& rows = arrays.row;
  const bool is_last = entry + 1 == arrays.layer.size();
  const std::size_t end = is_last ? rows.size() : arrays.layer[entry + 1].position;
  for (std::size_t r = arrays.layer[entry].position; r < end; ++r) {
    const std::size_t row_end = r + 1 == rows.size() ? arrays.value.size() : rows[r + 1].position;
    for (std::size_t i = rows[r].position; i < row_end; ++i) {
      add(rows[r].row, arrays.column[i]);
    }
  }
}

void InterleaveCheck::add(std::uint32_t row, std::uint32_t column) {
  Kernel& kernel = kernels_[row];
  const std::uint32_t multiplier = column % split_.multipliers;
  if (kernel.weights++ == 0) {
    ++used_kernels_;
    kernel.lowest = kernel.highest = multiplier;
  }
  kernel.lowest = std::min(kernel.lowest, multiplier);
  kernel.highest = std::max(kernel.highest, multiplier);
  if (policy_ == InterleavePolicy::block) {
    const std::uint32_t channel = column / split_.multipliers;
    kernel.most_in_channel =
        std::max(kernel.most_in_channel, ++in_channel_[row * channels_ + channel]);
  } else if (policy_ == InterleavePolicy::position) {
    columns_[row].push_back(column);
  }
}

void InterleaveCheck::check(const KernelGroups& groups, std::uint32_t blocks) {
  check_split(blocks);
  check_groups(groups, policy_, split_, static_cast<std::uint32_t>(kernels_.size()));
  check_membership(groups);
  for (const KernelGroup& group : groups) {
    check_weights(group);
  }
}

void InterleaveCheck::check_split(std::uint32_t blocks) {
  const bool is_power = blocks != 0 && (blocks & (blocks - 1)) == 0;
  const bool fits_policy = policy_ != InterleavePolicy::position || blocks == 1;
  if (!is_power || !fits_policy || blocks > split_.multipliers || blocks > kMaxBlocks ||
      (!is_first_ && blocks != split_.blocks)) {
    throw ImageError("impossible number of blocks, " + std::to_string(blocks));
  }
  is_first_ = false;
  split_.blocks = blocks;
}

void InterleaveCheck::check_membership(const KernelGroups& groups) const {
  std::size_t grouped = 0;
  for (const KernelGroup& group : groups) {
    for (const GroupedKernel& member : group) {
      if (kernels_[member.kernel].weights == 0) {
        throw ImageError(kernel_text(member.kernel) + " is in a group, but has no weight by then");
      }
      if (member.kernel / kernels_per_window_ != group.front().kernel / kernels_per_window_) {
        throw ImageError(kernel_text(member.kernel) + " reads other channels than " +
                         kernel_text(group.front().kernel) + " of its group");
      }
      ++grouped;
    }
  }
  if (grouped != used_kernels_) {
    throw ImageError(std::to_string(used_kernels_) + " kernels have a weight by then, but " +
                     std::to_string(grouped) + " are in groups");
  }
}

void InterleaveCheck::check_weights(const KernelGroup& group) {
  ++groups_seen_;
  for (const GroupedKernel& member : group) {
    const Kernel& kernel = kernels_[member.kernel];
    bool fits = true;
    if (policy_ == InterleavePolicy::block) {
      fits = kernel.most_in_channel <= split_.capacity(member.first_block, member.blocks);
    } else if (policy_ == InterleavePolicy::block_fixed) {
      fits = split_.block_of(kernel.lowest) >= member.first_block &&
             split_.block_of(kernel.highest) < member.first_block + member.blocks;
    } else {
      for (const std::uint32_t column : columns_[member.kernel]) {
        fits = fits && group_of_column_[column] != groups_seen_;
        group_of_column_[column] = groups_seen_;
      }
    }
    if (!fits) {
      throw ImageError(kernel_text(member.kernel) +
                       (policy_ == InterleavePolicy::position
                            ? " has a weight where another of its group has one"
                            : " has weights for which its blocks have no multiplier"));
    }
  }
}

}  // namespace airnn
