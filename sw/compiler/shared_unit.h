// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sw/compiler/kernel_shape.h"

namespace airnn {

/// The kernels that share one issue slot of a compute unit, and what they leave of it. Paper, VI-A:
/// the reference row, which every merged kernel updates.
class SharedUnit {
 public:
  explicit SharedUnit(const UnitShape& unit)
      : places_(unit.policy == InterleavePolicy::block ? 0 : unit.places()),
        free_blocks_(unit.policy == InterleavePolicy::block ? unit.split.blocks : 0),
        by_count_(unit.policy == InterleavePolicy::block) {}

  /// Same convolution group, at most kMaxGroupedKernels kernels, and enough free blocks (block), or
  /// none of its places taken.
  bool fits(const KernelShape& shape) const {
    if (members_.empty()) {
      return true;
    }
    return members_.size() < kMaxGroupedKernels && shape.window == window_ &&
           (by_count_ ? shape.blocks <= free_blocks_ : !places_.overlaps(shape.places));
  }
  /// Only what fits. `member` is any number by which the caller knows the kernel.
  void add(std::size_t member, const KernelShape& shape);

  const std::vector<std::size_t>& members() const { return members_; }
  std::uint32_t free_blocks() const { return free_blocks_; }  ///< policy block

 private:
  std::vector<std::size_t> members_;
  std::uint32_t window_ = 0;
  PlaceSet places_;
  std::uint32_t free_blocks_;
  bool by_count_;
};

}  // namespace airnn
