// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/compute/product/product.h"

namespace airnn {

/// Weight times pixel, with no bit lost.
class ExactProduct final : public Product {
 public:
  /// `portable`: standard C++, as for processors without wider instructions.
  enum class Instructions : std::uint8_t { fastest, portable };

  explicit ExactProduct(Instructions instructions = Instructions::fastest,
                        PriceClass price_class = {});

  std::int64_t product(std::int32_t weight, std::int32_t pixel) const override {
    return std::int64_t{weight} * pixel;
  }
  void accumulate(const KernelWeight* begin, const KernelWeight* end, const std::int32_t* pixels,
                  std::size_t stride, std::int64_t* sums) const override;
  std::int64_t dot(const KernelWeight* begin, const KernelWeight* end,
                   const std::int32_t* pixels) const override;
  bool skips_zeros() const override { return true; }
  PriceClass price_class() const override { return price_class_; }

 private:
  bool is_wide_;
  PriceClass price_class_;
};

}  // namespace airnn
