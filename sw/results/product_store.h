// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "sw/format/network.h"
#include "sw/results/priced_action.h"

namespace airnn {

/// The products that lie beside the rows of an associative memory.
struct ProductStore {
  std::uint32_t rows = 0;
  unsigned bits = 0;  ///< of a product

  /// Under which its reads are counted: "16x64".
  PriceClass price_class() const;
  /// Energy of a read next to that of 32 bits from a store of 8 KB: in proportion to the bits, and
  /// to the square root of the store's bytes.
  double relative_energy() const;
};

/// Beside a layer's multipliers: a product has twice the bits of a weight.
ProductStore product_store(const Layer& layer);
/// Bits of a search key: those of the layer's activations, and of the number of a bin.
unsigned search_key_bits(const FixedFormat& activation, std::uint32_t bins);

/// The store with this price class; none if the class is another's.
std::optional<ProductStore> product_store_of(const PriceClass& price_class);

}  // namespace airnn
