// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/mac/sparse_kernels.h"

#include "hw/compute/associative/binned_kernels.h"

namespace airnn {

SparseKernels::SparseKernels(const BufferMap& map, const std::vector<std::int32_t>& slots,
                             bool by_inputs, const std::vector<std::uint8_t>& bin_of_slot) {
  const std::uint32_t pitch = map.pitch();
  const std::uint32_t columns = pitch - 2;
  const auto kernels = static_cast<std::uint32_t>(slots.size() / pitch);
  std::vector<bool> used(columns, false);
  starts_.push_back(0);
  for (std::uint32_t kernel = 0; kernel < kernels; ++kernel) {
    const std::int32_t* row = &slots[std::size_t{kernel} * pitch];
    for (std::uint32_t column = 0; column < columns; ++column) {
      if (row[column] != 0) {
        weights_.push_back({column, row[column]});
        if (!bin_of_slot.empty()) {
          bins_.push_back(bin_of_slot[std::size_t{kernel} * pitch + column]);
        }
        used[column] = true;
      }
    }
    nonzero_kernels_ += weights_.size() > starts_.back() ? 1 : 0;
    starts_.push_back(weights_.size());
    const auto low = static_cast<std::uint32_t>(row[columns]);
    const auto high = static_cast<std::uint32_t>(row[columns + 1]);
    biases_.push_back(static_cast<std::int64_t>(std::uint64_t{high} << 32 | low));
  }
  for (std::uint32_t column = 0; column < columns; ++column) {
    if (used[column]) {
      used_columns_.push_back(column);
    }
  }
  if (by_inputs && weights_.size() > std::size_t{kernels} * columns / 8) {
    make_panels(columns);
  }
}

const BinnedKernels& SparseKernels::binned(const Layer& layer, std::size_t bins) const {
  if (binned_ == nullptr) {
    binned_ = std::make_shared<const BinnedKernels>(*this, layer, bins);
  }
  return *binned_;
}

void SparseKernels::make_panels(std::uint32_t columns) {
  constexpr auto tile = static_cast<std::uint32_t>(kTilePositions);
  panel_size_ = std::size_t{columns} * tile;
  panels_.assign((kernels() + tile - 1) / tile * panel_size_, 0);
  for (std::uint32_t kernel = 0; kernel < kernels(); ++kernel) {
    std::int32_t* lane = &panels_[kernel / tile * panel_size_ + kernel % tile];
    for (const KernelWeight* weight = begin(kernel); weight != end(kernel); ++weight) {
      lane[std::size_t{weight->column} * tile] = weight->value;
    }
  }
}

}  // namespace airnn
