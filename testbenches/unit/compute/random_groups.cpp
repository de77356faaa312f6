// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/compute/random_groups.h"

#include <algorithm>
#include <vector>

namespace airnn::test {

namespace {

class Grouper {
 public:
  Grouper(const RandomLayer& drawn, InterleavePolicy policy, std::uint32_t blocks)
      : drawn_(drawn),
        policy_(policy),
        blocks_(blocks),
        area_(static_cast<std::uint32_t>(drawn.layer.window.area())) {}

  KernelGroups groups() {
    KernelGroups groups;
    const auto kernels = static_cast<std::uint32_t>(drawn_.layer.kernels);
    for (std::uint32_t kernel = 0; kernel < kernels; ++kernel) {
      const std::vector<std::uint32_t> columns = columns_of(kernel);
      if (columns.empty()) {
        continue;
      }
      if (groups.empty() || !join(groups.back(), kernel, columns)) {
        groups.emplace_back();
        join(groups.back(), kernel, columns);
      }
    }
    return groups;
  }

 private:
  std::vector<std::uint32_t> columns_of(std::uint32_t kernel) const {
    std::vector<std::uint32_t> columns;
    const auto all = static_cast<std::uint32_t>(drawn_.layer.columns);
    for (std::uint32_t column = 0; column < all; ++column) {
      if (drawn_.weights[kernel * all + column] != 0) {
        columns.push_back(column);
      }
    }
    return columns;
  }

  /// Multipliers [begin, end) of the blocks.
  std::uint32_t begin_of(std::uint32_t block) const {
    return block == blocks_ ? area_ : block * (area_ / blocks_);
  }

  bool fits(const std::vector<std::uint32_t>& columns, std::uint32_t first,
            std::uint32_t count) const {
    const std::uint32_t begin = begin_of(first);
    const std::uint32_t end = begin_of(first + count);
    std::vector<std::uint32_t> in_channel(columns.back() / area_ + 1, 0);
    return std::all_of(columns.begin(), columns.end(), [&](std::uint32_t column) {
      const std::uint32_t place = column % area_;
      return policy_ == InterleavePolicy::block_fixed ? place >= begin && place < end
                                                      : ++in_channel[column / area_] <= end - begin;
    });
  }

  bool join(KernelGroup& group, std::uint32_t kernel, const std::vector<std::uint32_t>& columns) {
    const auto per_window = static_cast<std::uint32_t>(drawn_.layer.kernels / drawn_.layer.groups);
    if (group.size() == kMaxGroupedKernels ||
        (!group.empty() && group.front().kernel / per_window != kernel / per_window)) {
      return false;
    }
    if (group.empty()) {
      taken_.clear();
      owned_.assign(blocks_, false);
    }
    if (policy_ == InterleavePolicy::position) {
      const bool collides = std::any_of(columns.begin(), columns.end(), [&](std::uint32_t c) {
        return std::find(taken_.begin(), taken_.end(), c) != taken_.end();
      });
      if (!collides) {
        taken_.insert(taken_.end(), columns.begin(), columns.end());
        group.push_back({kernel, static_cast<std::uint32_t>(group.size()), 0});
      }
      return !collides;
    }
    for (std::uint32_t count = 1; count <= blocks_; count *= 2) {
      for (std::uint32_t first = 0; first < blocks_; first += count) {
        const auto own = owned_.begin() + first;
        if (std::find(own, own + count, true) == own + count && fits(columns, first, count)) {
          std::fill(own, own + count, true);
          group.push_back({kernel, first, count});
          return true;
        }
      }
    }
    return false;
  }

  const RandomLayer& drawn_;
  const InterleavePolicy policy_;
  const std::uint32_t blocks_;
  const std::uint32_t area_;
  std::vector<std::uint32_t> taken_;  ///< columns, by the newest group
  std::vector<bool> owned_;           ///< blocks, likewise
};

}  // namespace

KernelGroups fitting_groups(const RandomLayer& drawn, InterleavePolicy policy,
                            std::uint32_t blocks) {
  return Grouper(drawn, policy, blocks).groups();
}

}  // namespace airnn::test
