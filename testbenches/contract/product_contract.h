// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/compute/product/product.h"

namespace airnn::test {

/// What every product must keep, over random operands of `bits` bits: its three forms agree, equal
/// operands give equal products, sums of a tile add to what was there and go no further, and
/// skips_zeros() is true only if it may be. What is wrong, or "".
std::string broken_product_rule(const Product& product, int bits, unsigned seed);

}  // namespace airnn::test
