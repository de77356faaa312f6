// SPDX-License-Identifier: Apache-2.0
#include "sw/format/interleaving.h"

#include <string>

#include "sw/format/errors.h"

namespace airnn {

namespace {

void append(std::vector<std::uint8_t>& bytes, std::uint64_t value, int count) {
  bytes.resize(bytes.size() + static_cast<std::size_t>(count));
  store_little_endian(&bytes[bytes.size() - static_cast<std::size_t>(count)], value, count);
}

}  // namespace

const char* to_string(InterleavePolicy policy) {
  switch (policy) {
    case InterleavePolicy::block:
      return "block";
    case InterleavePolicy::block_fixed:
      return "block_fixed";
    case InterleavePolicy::position:
      return "position";
  }
  return "unknown";
}

InterleaveTables encode_groups(const KernelGroups& groups, int index_bytes) {
  InterleaveTables tables;
  for (std::size_t group = 0; group < groups.size(); ++group) {
    for (const GroupedKernel& kernel : groups[group]) {
      append(tables.kernel_index, kernel.kernel, index_bytes);
      append(tables.group_index, group, index_bytes);
      append(tables.kernel_block, kernel.first_block, 1);
      append(tables.kernel_block, kernel.blocks, 1);
    }
  }
  return tables;
}

KernelGroups decode_groups(ByteView kernel_index, ByteView group_index, ByteView kernel_block,
                           int index_bytes) {
  const auto width = static_cast<std::size_t>(index_bytes);
  const std::size_t kernels = kernel_index.size / width;
  if (kernel_index.size % width != 0 || group_index.size != kernel_index.size ||
      kernel_block.size != 2 * kernels) {
    throw ImageError("the three interleave tables have entries for different numbers of kernels");
  }
  KernelGroups groups;
  for (std::size_t i = 0; i < kernels; ++i) {
    const std::uint64_t group = load_little_endian(group_index.data + i * width, index_bytes);
    if (group == groups.size()) {
      groups.emplace_back();
    } else if (groups.empty() || group + 1 != groups.size()) {
      throw ImageError("entry " + std::to_string(i) + " of the group index is " +
                       std::to_string(group) + ", expected " + std::to_string(groups.size()) +
                       (groups.empty() ? "" : " or " + std::to_string(groups.size() - 1)));
    }
    if (groups.back().size() == kMaxGroupedKernels) {
      throw ImageError("group " + std::to_string(group) + " has more than " +
                       std::to_string(kMaxGroupedKernels) + " kernels");
    }
    groups.back().push_back(
        {static_cast<std::uint32_t>(load_little_endian(kernel_index.data + i * width, index_bytes)),
         kernel_block.data[2 * i], kernel_block.data[2 * i + 1]});
  }
  return groups;
}

void check_groups(const KernelGroups& groups, InterleavePolicy policy, const BlockSplit& split,
                  std::uint32_t kernels) {
  const auto refuse = [](const GroupedKernel& kernel, const std::string& why) {
    throw ImageError("kernel " + std::to_string(kernel.kernel) + why);
  };
  std::vector<bool> grouped(kernels, false);
  for (const KernelGroup& group : groups) {
    std::vector<bool> owned(split.blocks, false);
    for (std::size_t place = 0; place < group.size(); ++place) {
      const GroupedKernel& kernel = group[place];
      if (kernel.kernel >= kernels || grouped[kernel.kernel]) {
        refuse(kernel, kernel.kernel >= kernels ? " does not exist" : " is in two groups");
      }
      grouped[kernel.kernel] = true;
      if (policy == InterleavePolicy::position) {
        if (kernel.first_block != place || kernel.blocks != 0) {
          refuse(kernel, " has another tag than its place in the group");
        }
        continue;
      }
      const std::uint32_t count = kernel.blocks;
      if (count == 0 || (count & (count - 1)) != 0 || kernel.first_block % count != 0 ||
          kernel.first_block + count > split.blocks) {
        refuse(kernel, " owns " + std::to_string(count) + " blocks from block " +
                           std::to_string(kernel.first_block) + " on, of " +
                           std::to_string(split.blocks) +
                           "; expected a power of two at a multiple of it");
      }
      for (std::uint32_t b = kernel.first_block; b < kernel.first_block + count; ++b) {
        if (owned[b]) {
          refuse(kernel, " owns block " + std::to_string(b) + ", which another of its group has");
        }
        owned[b] = true;
      }
    }
  }
}

}  // namespace airnn
