// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sw/format/crs.h"
#include "sw/format/interleaving.h"
#include "sw/format/network.h"

namespace airnn {

/// Interleaving is for convolutions with more than one multiplier per channel: a 1x1 kernel has no
/// unit that could be divided, and each depthwise kernel sees a window of its own.
bool can_be_interleaved(const Layer& layer);

/// The weights of one such layer that have been loaded so far, as the tables of the next iteration
/// have to fit them.
class InterleaveCheck {
 public:
  InterleaveCheck(const Layer& layer, InterleavePolicy policy);

  /// The weights of a cluster that belong to an entry of its layer array, which is of this layer;
  /// they lie inside it.
  void add(const CrsCluster& arrays, std::size_t entry);

  /// Throws ImageError unless every kernel with a weight is in one group and no other is in any,
  /// the kernels of a group read the same channels, the number of blocks is possible and that of
  /// earlier iterations, and the weights fit the blocks (policy `position`: each other).
  void check(const KernelGroups& groups, std::uint32_t blocks);

 private:
  struct Kernel {
    std::uint32_t weights = 0;
    std::uint32_t most_in_channel = 0;
    std::uint32_t lowest = 0;  ///< multiplier of a channel unit
    std::uint32_t highest = 0;
  };

  void add(std::uint32_t row, std::uint32_t column);
  void check_split(std::uint32_t blocks);
  void check_membership(const KernelGroups& groups) const;
  void check_weights(const KernelGroup& group);

  InterleavePolicy policy_;
  BlockSplit split_;
  std::uint32_t kernels_per_window_;
  std::size_t channels_;
  bool is_first_ = true;
  std::size_t used_kernels_ = 0;
  std::vector<Kernel> kernels_;
  std::vector<std::uint32_t> in_channel_;            ///< `block`: weights by kernel and channel
  std::vector<std::vector<std::uint32_t>> columns_;  ///< `position`: of each kernel
  std::vector<std::uint32_t> group_of_column_;       ///< `position`: the last that needed it
  std::uint32_t groups_seen_ = 0;
};

}  // namespace airnn
