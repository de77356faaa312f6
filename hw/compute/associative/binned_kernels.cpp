// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/associative/binned_kernels.h"

#include <numeric>

namespace airnn {

BinnedKernels::BinnedKernels(const SparseKernels& kernels, const Layer& layer, std::size_t bins)
    : bins_(bins), kernels_(kernels.kernels()), columns_(static_cast<std::size_t>(layer.columns)) {
  const auto groups = static_cast<std::size_t>(layer.groups);
  const auto per_group = static_cast<std::uint32_t>(layer.kernels / layer.groups);
  counts_.assign(groups * columns_ * bins, 0);
  all_counts_.assign(groups * columns_, 0);
  starts_.assign(bins * kernels_ + 1, 0);
  const auto for_each = [&](const auto& task) {
    for (std::uint32_t kernel = 0; kernel < kernels.kernels(); ++kernel) {
      const std::uint8_t* bin = kernels.bins(kernel);
      for (const KernelWeight* weight = kernels.begin(kernel); weight != kernels.end(kernel);
           ++weight, ++bin) {
        task(kernel, *weight, std::size_t{*bin});
      }
    }
  };
  for_each([&](std::uint32_t kernel, const KernelWeight& weight, std::size_t bin) {
    const std::size_t group = kernel / per_group;
    ++starts_[bin * kernels_ + kernel + 1];
    ++counts_[(group * columns_ + weight.column) * bins + bin];
    ++all_counts_[group * columns_ + weight.column];
  });
  std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
  std::vector<std::size_t> next(starts_.begin(), starts_.end() - 1);
  weights_.resize(kernels.weights());
  for_each([&](std::uint32_t kernel, const KernelWeight& weight, std::size_t bin) {
    weights_[next[bin * kernels_ + kernel]++] = weight;
  });
  columns_of_.resize(groups * bins);
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    if (counts_[i] != 0) {
      const std::size_t column = i / bins % columns_;
      columns_of_[i / bins / columns_ * bins + i % bins].push_back(
          static_cast<std::uint32_t>(column));
    }
  }
  if (kernels.has_panels() && bins <= kNoBin) {
    make_panels(kernels);
  }
}

void BinnedKernels::make_panels(const SparseKernels& kernels) {
  constexpr auto tile = static_cast<std::uint32_t>(kTilePositions);
  panels_.assign(std::size_t{(kernels.kernels() + tile - 1) / tile} * columns_ * tile, kNoBin);
  for (std::uint32_t kernel = 0; kernel < kernels.kernels(); ++kernel) {
    std::uint8_t* lane = &panels_[kernel / tile * columns_ * tile + kernel % tile];
    const std::uint8_t* bin = kernels.bins(kernel);
    for (const KernelWeight* weight = kernels.begin(kernel); weight != kernels.end(kernel);
         ++weight, ++bin) {
      lane[std::size_t{weight->column} * tile] = *bin;
    }
  }
}

}  // namespace airnn
