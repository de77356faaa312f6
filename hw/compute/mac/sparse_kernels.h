// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "hw/common/buffer_map.h"
#include "hw/compute/product/product.h"
#include "sw/format/network.h"

namespace airnn {

class BinnedKernels;

/// The content of a weight buffer, made ready for arithmetic: per kernel its weights that are
/// loaded and not zero, and its bias.
class SparseKernels {
 public:
  SparseKernels() = default;
  /// `slots`: a whole weight buffer as `map` lays it out, and of weights in bins the number of
  /// each one's. `by_inputs`: of a fully connected layer.
  SparseKernels(const BufferMap& map, const std::vector<std::int32_t>& slots,
                bool by_inputs = false, const std::vector<std::uint8_t>& bin_of_slot = {});

  std::uint32_t kernels() const { return static_cast<std::uint32_t>(biases_.size()); }
  const KernelWeight* begin(std::uint32_t kernel) const {
    return weights_.data() + starts_[kernel];
  }
  const KernelWeight* end(std::uint32_t kernel) const {
    return weights_.data() + starts_[kernel + 1];
  }
  std::uint64_t count(std::uint32_t kernel) const { return starts_[kernel + 1] - starts_[kernel]; }
  /// The same by bins, for a layer that has bins.
  const BinnedKernels& binned(const Layer& layer, std::size_t bins) const;
  std::uint64_t weights() const { return weights_.size(); }
  /// The bin of each of a kernel's weights; null without bins.
  const std::uint8_t* bins(std::uint32_t kernel) const {
    return bins_.empty() ? nullptr : bins_.data() + starts_[kernel];
  }
  std::uint32_t nonzero_kernels() const { return nonzero_kernels_; }
  std::int64_t bias(std::uint32_t kernel) const { return biases_[kernel]; }
  /// Where more than an eighth of all weights is loaded: the weights as panels of kTilePositions
  /// kernels, column by column (zeros included), so that a fully connected layer can go by its
  /// inputs.
  bool has_panels() const { return !panels_.empty(); }
  const std::int32_t* panel(std::uint32_t index) const {
    return panels_.data() + index * panel_size_;
  }
  /// Columns that at least one kernel uses, ascending.
  const std::vector<std::uint32_t>& used_columns() const { return used_columns_; }

  /// The same weights and biases, of which the rest is made.
  friend bool operator==(const SparseKernels& a, const SparseKernels& b) {
    return a.weights_ == b.weights_ && a.bins_ == b.bins_ && a.starts_ == b.starts_ &&
           a.biases_ == b.biases_;
  }

 private:
  void make_panels(std::uint32_t columns);

  std::vector<KernelWeight> weights_;
  std::vector<std::uint8_t> bins_;
  std::vector<std::uint64_t> starts_;
  std::vector<std::int64_t> biases_;
  std::vector<std::uint32_t> used_columns_;
  std::vector<std::int32_t> panels_;
  std::size_t panel_size_ = 0;
  std::uint32_t nonzero_kernels_ = 0;
  mutable std::shared_ptr<const BinnedKernels> binned_;  ///< made when it is asked for
};

}  // namespace airnn
