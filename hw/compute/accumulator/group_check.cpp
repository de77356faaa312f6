// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/accumulator/group_check.h"

#include <map>
#include <vector>

namespace airnn {

namespace {

std::string kernel_text(std::uint32_t kernel) {
  return "kernel " + std::to_string(kernel);
}

std::string place_text(const KernelWeight& weight, const BlockSplit& split) {
  return "channel " + std::to_string(weight.column / split.multipliers) +
         " a weight at multiplier " + std::to_string(weight.column % split.multipliers);
}

std::string check_membership(const SparseKernels& kernels, const KernelGroups& groups,
                             std::uint32_t kernels_per_window) {
  std::vector<bool> grouped(kernels.kernels(), false);
  for (const KernelGroup& group : groups) {
    for (const GroupedKernel& member : group) {
      const std::uint32_t kernel = member.kernel;
      if (kernel >= kernels.kernels()) {
        return kernel_text(kernel) + " does not exist";
      }
      if (grouped[kernel]) {
        return kernel_text(kernel) + " is in two groups";
      }
      grouped[kernel] = true;
      if (kernels.count(kernel) == 0) {
        return kernel_text(kernel) + " is in a group but has no weights";
      }
      if (kernel / kernels_per_window != group.front().kernel / kernels_per_window) {
        return kernel_text(kernel) + " reads other channels than " +
               kernel_text(group.front().kernel) + " of its group";
      }
    }
  }
  for (std::uint32_t kernel = 0; kernel < kernels.kernels(); ++kernel) {
    if (kernels.count(kernel) != 0 && !grouped[kernel]) {
      return kernel_text(kernel) + " has " + std::to_string(kernels.count(kernel)) +
             " weights but is in no group";
    }
  }
  return "";
}

std::string check_count(const SparseKernels& kernels, const GroupedKernel& owner,
                        const BlockSplit& split) {
  const std::uint32_t capacity = split.capacity(owner.first_block, owner.blocks);
  std::map<std::uint32_t, std::uint32_t> counts;  // by channel
  for (const KernelWeight* w = kernels.begin(owner.kernel); w != kernels.end(owner.kernel); ++w) {
    ++counts[w->column / split.multipliers];
  }
  for (const auto& [channel, count] : counts) {
    if (count > capacity) {
      return kernel_text(owner.kernel) + " has " + std::to_string(count) + " weights in channel " +
             std::to_string(channel) + ", its blocks have " + std::to_string(capacity) +
             " multipliers";
    }
  }
  return "";
}

std::string check_range(const SparseKernels& kernels, const GroupedKernel& owner,
                        const BlockSplit& split) {
  for (const KernelWeight* w = kernels.begin(owner.kernel); w != kernels.end(owner.kernel); ++w) {
    const std::uint32_t block = split.block_of(w->column % split.multipliers);
    if (block < owner.first_block || block >= owner.first_block + owner.blocks) {
      return kernel_text(owner.kernel) + " has in " + place_text(*w, split) + ", in block " +
             std::to_string(block) + "; it owns " + std::to_string(owner.blocks) + " from block " +
             std::to_string(owner.first_block) + " on";
    }
  }
  return "";
}

std::string check_positions(const SparseKernels& kernels, const KernelGroup& group,
                            const BlockSplit& split) {
  std::map<std::uint32_t, std::uint32_t> owners;  // kernel by column
  for (const GroupedKernel& member : group) {
    const KernelWeight* end = kernels.end(member.kernel);
    for (const KernelWeight* w = kernels.begin(member.kernel); w != end; ++w) {
      const auto [place, is_free] = owners.emplace(w->column, member.kernel);
      if (!is_free) {
        return kernel_text(member.kernel) + " has in " + place_text(*w, split) + ", where " +
               kernel_text(place->second) + " of its group has one";
      }
    }
  }
  return "";
}

std::string check_group(const SparseKernels& kernels, const KernelGroup& group,
                        InterleavePolicy policy, const BlockSplit& split) {
  if (policy == InterleavePolicy::position) {
    return check_positions(kernels, group, split);
  }
  for (const GroupedKernel& owner : group) {
    const std::string error = policy == InterleavePolicy::block
                                  ? check_count(kernels, owner, split)
                                  : check_range(kernels, owner, split);
    if (!error.empty()) {
      return error;
    }
  }
  return "";
}

}  // namespace

std::string check_loaded_weights(const SparseKernels& kernels, const KernelGroups& groups,
                                 InterleavePolicy policy, const BlockSplit& split,
                                 std::uint32_t kernels_per_window) {
  std::string error = check_membership(kernels, groups, kernels_per_window);
  for (std::size_t group = 0; group < groups.size() && error.empty(); ++group) {
    error = check_group(kernels, groups[group], policy, split);
  }
  return error;
}

}  // namespace airnn
