// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/compute/product/product.h"
#include "hw/compute/product/product_loops.h"

namespace airnn::test {

/// Weight times pixel, and one more for odd weights: a product that is not zero where the pixel is,
/// and whose operands may not change places.
class OddPlusOne final : public Product {
 public:
  static std::int64_t multiply(std::int32_t weight, std::int32_t pixel) {
    return std::int64_t{weight} * pixel + (weight % 2 == 0 ? 0 : 1);
  }

  std::int64_t product(std::int32_t weight, std::int32_t pixel) const override {
    return multiply(weight, pixel);
  }
  void accumulate(const KernelWeight* begin, const KernelWeight* end, const std::int32_t* pixels,
                  std::size_t stride, std::int64_t* sums) const override {
    accumulate_tile(begin, end, pixels, stride, sums, multiply);
  }
  std::int64_t dot(const KernelWeight* begin, const KernelWeight* end,
                   const std::int32_t* pixels) const override {
    return add_row(begin, end, pixels, multiply);
  }
  bool skips_zeros() const override { return false; }
  PriceClass price_class() const override { return "odd"; }
};

}  // namespace airnn::test
