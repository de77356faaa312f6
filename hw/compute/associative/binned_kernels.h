// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "hw/compute/mac/sparse_kernels.h"
#include "sw/format/network.h"

namespace airnn {

/// The weights of a layer whose weights are in bins, made ready for sums in which a pixel is
/// another number for each bin.
class BinnedKernels {
 public:
  /// `kernels` know the bins of their weights.
  BinnedKernels(const SparseKernels& kernels, const Layer& layer, std::size_t bins);

  /// The weights of a kernel in a bin.
  const KernelWeight* begin(std::size_t bin, std::uint32_t kernel) const {
    return weights_.data() + starts_[bin * kernels_ + kernel];
  }
  const KernelWeight* end(std::size_t bin, std::uint32_t kernel) const {
    return weights_.data() + starts_[bin * kernels_ + kernel + 1];
  }
  /// Columns in which a kernel of the group has a weight of the bin, ascending.
  const std::vector<std::uint32_t>& columns_of(std::size_t group, std::size_t bin) const {
    return columns_of_[group * bins_ + bin];
  }
  /// Kernels of the group that have a weight of the bin in a column.
  std::uint32_t count(std::size_t group, std::size_t column, std::size_t bin) const {
    return counts_[(group * columns_ + column) * bins_ + bin];
  }
  /// ... that have any weight there.
  std::uint32_t count(std::size_t group, std::size_t column) const {
    return all_counts_[group * columns_ + column];
  }

  /// Of a fully connected layer with many weights: per tile of kTilePositions neurons and column
  /// the bin of each neuron's weight; kNoBin where there is none.
  static constexpr std::uint8_t kNoBin = 0xFF;
  bool has_panels() const { return !panels_.empty(); }
  const std::uint8_t* panel(std::uint32_t tile) const {
    return panels_.data() + std::size_t{tile} * columns_ * kTilePositions;
  }

 private:
  void make_panels(const SparseKernels& kernels);

  std::size_t bins_;
  std::size_t kernels_;
  std::size_t columns_;
  std::vector<KernelWeight> weights_;
  std::vector<std::size_t> starts_;  ///< [bin * kernels + kernel]
  std::vector<std::vector<std::uint32_t>> columns_of_;
  std::vector<std::uint32_t> counts_;
  std::vector<std::uint32_t> all_counts_;
  std::vector<std::uint8_t> panels_;
};

}  // namespace airnn
