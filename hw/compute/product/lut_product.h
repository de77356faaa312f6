// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/compute/product/product.h"

namespace airnn {

/// A multiplier of two unsigned 8-bit magnitudes that is given by all its products, exact or not;
/// the sign of the product is made beside it (docs/numbers.md, "Approximate multipliers"). Weights
/// are -128..127, pixels -128..255; of others, which only a fault makes, low bits count.
class LutProduct final : public Product {
 public:
  /// `fastest`: the widest that the processor has; `shuffle`: at most AVX2; `portable`: standard
  /// C++.
  enum class Instructions : std::uint8_t { fastest, shuffle, portable };

  /// `table`: 65,536 products, [(|pixel| << 8) | |weight|]. Throws std::invalid_argument for
  /// another number.
  LutProduct(const std::vector<std::uint16_t>& table, PriceClass price_class,
             Instructions instructions = Instructions::fastest);

  std::int64_t product(std::int32_t weight, std::int32_t pixel) const override;
  void accumulate(const KernelWeight* begin, const KernelWeight* end, const std::int32_t* pixels,
                  std::size_t stride, std::int64_t* sums) const override;
  std::int64_t dot(const KernelWeight* begin, const KernelWeight* end,
                   const std::int32_t* pixels) const override;
  /// What is not exact need not be symmetric, nor zero at zero.
  bool skips_zeros() const override { return false; }
  PriceClass price_class() const override { return price_class_; }

 private:
  /// [|weight|][|pixel|]: what a weight meets lies together.
  std::vector<std::uint16_t> rows_;
  std::vector<std::uint8_t> planes_;       ///< of rows_, for shuffles only
  std::vector<std::int32_t> signed_rows_;  ///< of lut::SignedRows, for standard C++ only
  PriceClass price_class_;
  Instructions instructions_;  ///< those that are used
};

}  // namespace airnn
