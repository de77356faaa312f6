// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "sw/format/byte_view.h"

namespace airnn {

/// All products of a multiplier of two unsigned 8-bit operands: what the circuit makes of each
/// pair, right or not. `a` is the activation and `b` the weight, both 0..255; most approximate
/// multipliers do not let them change places.
///
/// As bytes (a file, or what its checksum covers) it is 65,536 unsigned 16-bit numbers, little
/// endian, in the order of their index (a << 8) | b.
class ProductTable {
 public:
  static constexpr std::size_t kOperands = 256;
  static constexpr std::size_t kEntries = kOperands * kOperands;
  static constexpr std::size_t kBytes = 2 * kEntries;

  /// Of kEntries products in the order of their index. Throws std::invalid_argument for another
  /// number.
  explicit ProductTable(std::vector<std::uint16_t> products);
  /// Of kBytes bytes. Throws std::invalid_argument for another number.
  static ProductTable from_bytes(ByteView bytes);
  /// Of a function from two std::uint32_t to their product, at most 65,535.
  template <typename Multiply>
  static ProductTable from_function(const Multiply& multiply) {
    std::vector<std::uint16_t> products(kEntries);
    for (std::uint32_t a = 0; a < kOperands; ++a) {
      for (std::uint32_t b = 0; b < kOperands; ++b) {
        products[index(a, b)] = narrowed(multiply(a, b));
      }
    }
    return ProductTable(std::move(products));
  }

  /// Both operands 0..255.
  std::uint16_t at(std::uint32_t a, std::uint32_t b) const { return products_[index(a, b)]; }
  const std::vector<std::uint16_t>& products() const { return products_; }
  std::vector<std::uint8_t> bytes() const;

  /// CRC-32C of the bytes: by this number images and configurations know the table.
  std::uint32_t crc32c() const { return crc32c_; }
  /// Whether every product with an operand that is zero is zero.
  bool zero_preserving() const { return zero_preserving_; }

  friend bool operator==(const ProductTable& a, const ProductTable& b) {
    return a.products_ == b.products_;
  }

 private:
  static std::size_t index(std::uint32_t a, std::uint32_t b) {
    return (static_cast<std::size_t>(a) << 8U) | b;
  }
  static std::uint16_t narrowed(std::uint32_t product);

  std::vector<std::uint16_t> products_;
  std::uint32_t crc32c_ = 0;
  bool zero_preserving_ = true;
};

}  // namespace airnn
