// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>
#include <set>
#include <vector>

#include "sw/compiler/greedy_grouping.h"
#include "sw/compiler/kernel_shape.h"

namespace airnn::test {

/// Kernels as sets of columns, and the rules of interleaving by definition: slow, and without a
/// line of the compiler's. The reference for its methods.
struct KernelSet {
  UnitShape unit;
  std::vector<std::set<std::uint32_t>> columns;  ///< of every kernel, which may be all zero
  std::vector<std::uint32_t> window;             ///< convolution group of every kernel

  /// Those that are not all zero.
  std::vector<std::uint32_t> nonzero() const;
  std::vector<KernelShape> shapes() const;

  /// May these kernels share a unit?
  bool fit_together(const std::vector<std::uint32_t>& kernels) const;
  /// Does every weight of the group have a multiplier of its own, where its kernel may have it?
  bool is_served(const KernelGroup& group) const;
  /// The paper's method, VI-A, to the letter.
  std::vector<std::vector<std::uint32_t>> paper_groups() const;
  /// The fewest groups; of a few kernels.
  std::size_t optimum() const;

 private:
  std::uint32_t count(std::uint32_t kernel, std::uint32_t channel) const;
  std::uint32_t blocks(std::uint32_t kernel) const;
  std::set<std::uint32_t> fixed_blocks(std::uint32_t kernel) const;
};

/// Window, channels, convolution groups, blocks and sparsity (0 to 100 %) at random.
KernelSet random_kernels(InterleavePolicy policy, std::uint32_t most_kernels, std::mt19937& random);

}  // namespace airnn::test
