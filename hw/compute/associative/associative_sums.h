// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/compute/associative/binned_kernels.h"
#include "hw/compute/associative/match_table.h"
#include "hw/compute/mac/kernel_sums.h"
#include "hw/compute/mac/patch_tile.h"
#include "hw/compute/product/product.h"

namespace airnn {

/// The sums of a layer whose multipliers have an associative memory beside them. A row's product is
/// its centre times an operand that stands for the pixels it matches. So the weights are taken bin
/// by bin: for each, the pixels that its rows match are replaced by these operands, and the sums
/// are of exact products. Rows without an operand, which only damage makes, are looked up product
/// by product.
class AssociativeSums final : public KernelSums {
 public:
  /// `product` is exact, and must outlive the sums.
  AssociativeSums(const Layer& layer, const Product& product);

  /// Of the runs from now on; must outlive them.
  void set_table(const MatchTable& table) { table_ = &table; }

  void begin(const SparseKernels& kernels, const std::int32_t* input) override;
  void load(std::int32_t group, std::int64_t first) override;
  void add_positions(std::uint32_t kernel, std::int64_t* sums) override;
  bool has_tiles() const override;
  void add_neurons(std::uint32_t tile, std::int64_t* sums) override;
  std::int64_t neuron(std::uint32_t kernel) override;

 private:
  /// Pixels of a tile, by column.
  struct Pixels {
    const std::int32_t* first;
    std::size_t stride;
  };

  Pixels pixels_of(std::size_t bin, std::size_t group);
  void list_operands();
  void list_products();
  std::int64_t look_up(std::uint32_t kernel, Pixels pixels, std::size_t position) const;

  Layer layer_;
  const Product& product_;
  const MatchTable* table_ = nullptr;
  const SparseKernels* kernels_ = nullptr;
  const BinnedKernels* binned_ = nullptr;
  const std::int32_t* input_ = nullptr;
  PatchTile patches_;
  std::vector<std::int32_t> operands_;   ///< of a bin: by column those of a tile; or of all bins
  std::uint32_t first_kernel_ = 0;       ///< of the group that is loaded
  std::vector<std::int64_t> tile_sums_;  ///< of its kernels, for a tile each
  /// Of each input that is not zero: its column, and its product with every bin's centre.
  std::vector<std::uint32_t> columns_;
  std::vector<std::int64_t> products_;
};

}  // namespace airnn
