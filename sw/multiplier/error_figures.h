// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "sw/multiplier/product_table.h"

namespace airnn {

/// Most weights and activations are small, and so are most products.
inline constexpr std::uint32_t kSmallOperands = 32;

/// How wrong a multiplier is, over all 65,536 pairs of operands. Percent of errors are of 65,536,
/// the range of a product, as libraries of such circuits print them.
struct ErrorFigures {
  double mae_percent = 0;  ///< mean of |error|
  double wce_percent = 0;  ///< largest |error|
  double mre_percent = 0;  ///< mean of |error| / product, of the pairs whose product is not zero
  double small_mre_percent = 0;  ///< the same of operands below kSmallOperands
  int wrong_at_zero = 0;         ///< of the 512 products 0 * b and a * 0, those that are not zero
  int largest_at_zero = 0;       ///< the largest of these
};

ErrorFigures error_figures(const ProductTable& table);

}  // namespace airnn
