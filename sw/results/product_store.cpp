// SPDX-License-Identifier: Apache-2.0
#include "sw/results/product_store.h"

#include <charconv>
#include <cmath>

namespace airnn {

PriceClass ProductStore::price_class() const {
  return std::to_string(rows) + "x" + std::to_string(bits);
}

double ProductStore::relative_energy() const {
  constexpr double kWordBits = 32;
  constexpr double kStoreBytes = 8192;
  const double bytes = static_cast<double>(rows) * bits / 8;
  return bits / kWordBits * std::sqrt(bytes / kStoreBytes);
}

ProductStore product_store(const Layer& layer) {
  return {layer.match_rows, 2U * static_cast<unsigned>(layer.weight_format.bits)};
}

unsigned search_key_bits(const FixedFormat& activation, std::uint32_t bins) {
  unsigned bits = static_cast<unsigned>(activation.bits);
  for (std::uint32_t numbers = 1; numbers < bins; numbers *= 2) {
    ++bits;
  }
  return bits;
}

std::optional<ProductStore> product_store_of(const PriceClass& price_class) {
  ProductStore store;
  const char* const end = price_class.data() + price_class.size();
  const auto rows = std::from_chars(price_class.data(), end, store.rows);
  if (rows.ec != std::errc() || rows.ptr == end || *rows.ptr != 'x') {
    return std::nullopt;
  }
  const auto bits = std::from_chars(rows.ptr + 1, end, store.bits);
  const bool is_whole = bits.ec == std::errc() && bits.ptr == end;
  return is_whole && store.price_class() == price_class ? std::optional(store) : std::nullopt;
}

}  // namespace airnn
