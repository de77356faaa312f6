// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/compute/mac/kernel_sums.h"
#include "hw/compute/mac/patch_tile.h"

namespace airnn {

/// Every weight is multiplied with its pixel, by the layer's product.
class MacSums final : public KernelSums {
 public:
  /// `product` must outlive the sums.
  MacSums(const Layer& layer, const Product& product);

  void begin(const SparseKernels& kernels, const std::int32_t* input) override;
  void load(std::int32_t group, std::int64_t first) override;
  void add_positions(std::uint32_t kernel, std::int64_t* sums) override;
  bool has_tiles() const override;
  void add_neurons(std::uint32_t tile, std::int64_t* sums) override;
  std::int64_t neuron(std::uint32_t kernel) override;

 private:
  Layer layer_;
  const Product& product_;
  const SparseKernels* kernels_ = nullptr;
  const std::int32_t* input_ = nullptr;
  PatchTile patches_;
  std::vector<KernelWeight> nonzero_inputs_;
};

}  // namespace airnn
