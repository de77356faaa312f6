// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/compute/associative/bin_products.h"
#include "hw/compute/product/product.h"
#include "hw/compute/product/product_loops.h"

namespace airnn {

/// What leaves the multiplexer behind a multiplier and its associative memory, one by one; for
/// those who show it. Weights are centres of the table's bins.
class AssociativeProduct final : public Product {
 private:
  auto multiply() const {
    return [this](std::int32_t weight, std::int32_t pixel) { return product(weight, pixel); };
  }

 public:
  /// Must outlive whatever is asked from now on.
  void set_table(const MatchTable* table) { table_ = table; }

  std::int64_t product(std::int32_t weight, std::int32_t pixel) const override {
    return table_ == nullptr ? std::int64_t{weight} * pixel
                             : associative_product(*table_, table_->bin_of(weight), weight, pixel);
  }
  void accumulate(const KernelWeight* begin, const KernelWeight* end, const std::int32_t* pixels,
                  std::size_t stride, std::int64_t* sums) const override {
    accumulate_tile(begin, end, pixels, stride, sums, multiply());
  }
  std::int64_t dot(const KernelWeight* begin, const KernelWeight* end,
                   const std::int32_t* pixels) const override {
    return add_row(begin, end, pixels, multiply());
  }
  bool skips_zeros() const override { return false; }

 private:
  const MatchTable* table_ = nullptr;
};

}  // namespace airnn
