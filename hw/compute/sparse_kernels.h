// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/common/buffer_map.h"

namespace airnn {

/// A weight that is not zero, and its column.
struct KernelWeight {
  std::uint32_t column = 0;
  std::int32_t value = 0;
};

/// The content of a weight buffer, made ready for arithmetic: per kernel its weights that are
/// loaded and not zero, and its bias.
class SparseKernels {
 public:
  SparseKernels() = default;
  /// `slots`: a whole weight buffer as `map` lays it out.
  SparseKernels(const BufferMap& map, const std::vector<std::int32_t>& slots);

  std::uint32_t kernels() const { return static_cast<std::uint32_t>(biases_.size()); }
  const KernelWeight* begin(std::uint32_t kernel) const {
    return weights_.data() + starts_[kernel];
  }
  const KernelWeight* end(std::uint32_t kernel) const {
    return weights_.data() + starts_[kernel + 1];
  }
  std::uint64_t count(std::uint32_t kernel) const { return starts_[kernel + 1] - starts_[kernel]; }
  std::uint64_t weights() const { return weights_.size(); }
  std::uint32_t nonzero_kernels() const { return nonzero_kernels_; }
  std::int64_t bias(std::uint32_t kernel) const { return biases_[kernel]; }
  /// Columns that at least one kernel uses, ascending.
  const std::vector<std::uint32_t>& used_columns() const { return used_columns_; }

 private:
  std::vector<KernelWeight> weights_;
  std::vector<std::uint64_t> starts_;
  std::vector<std::int64_t> biases_;
  std::vector<std::uint32_t> used_columns_;
  std::uint32_t nonzero_kernels_ = 0;
};

}  // namespace airnn
