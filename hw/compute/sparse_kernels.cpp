// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/sparse_kernels.h"

namespace airnn {

SparseKernels::SparseKernels(const BufferMap& map, const std::vector<std::int32_t>& slots) {
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
}

}  // namespace airnn
