// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/product_table.h"

#include <limits>
#include <stdexcept>

#include "sw/format/image_layout.h"

namespace airnn {

ProductTable::ProductTable(std::vector<std::uint16_t> products) : products_(std::move(products)) {
  if (products_.size() != kEntries) {
    throw std::invalid_argument("a table of products has 65,536 entries");
  }
  const std::vector<std::uint8_t> all = bytes();
  crc32c_ = airnn::crc32c({all.data(), all.size()});
  for (std::uint32_t operand = 0; operand < kOperands; ++operand) {
    zero_preserving_ = zero_preserving_ && at(0, operand) == 0 && at(operand, 0) == 0;
  }
}

ProductTable ProductTable::from_bytes(ByteView bytes) {
  if (bytes.size != kBytes) {
    throw std::invalid_argument("a table of products has 131,072 bytes");
  }
  std::vector<std::uint16_t> products(kEntries);
  for (std::size_t i = 0; i < kEntries; ++i) {
    products[i] = static_cast<std::uint16_t>(load_little_endian(bytes.data + 2 * i, 2));
  }
  return ProductTable(std::move(products));
}

std::vector<std::uint8_t> ProductTable::bytes() const {
  std::vector<std::uint8_t> bytes(kBytes);
  for (std::size_t i = 0; i < kEntries; ++i) {
    store_little_endian(bytes.data() + 2 * i, products_[i], 2);
  }
  return bytes;
}

std::uint16_t ProductTable::narrowed(std::uint32_t product) {
  if (product > std::numeric_limits<std::uint16_t>::max()) {
    throw std::invalid_argument("a product has 16 bits");
  }
  return static_cast<std::uint16_t>(product);
}

}  // namespace airnn
