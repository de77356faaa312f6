// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/product_table.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "testbenches/unit/multiplier/multiplier_testing.h"

namespace airnn {
namespace {

using test::table_of;

ProductTable mostly_exact(std::uint32_t wrong_a, std::uint32_t wrong_b, std::uint32_t product) {
  return ProductTable::from_function([=](std::uint32_t a, std::uint32_t b) {
    return a == wrong_a && b == wrong_b ? product : a * b;
  });
}

TEST(ProductTable, HasTheActivationInTheHighByteOfTheIndex) {
  const ProductTable table = mostly_exact(3, 200, 1);
  EXPECT_EQ(table.at(3, 200), 1);
  EXPECT_EQ(table.at(200, 3), 600);
  EXPECT_EQ(table.products()[(3 << 8) | 200], 1);
}

TEST(ProductTable, IsLittleEndianAsBytes) {
  const std::vector<std::uint8_t> bytes = mostly_exact(0, 1, 0x1234).bytes();
  ASSERT_EQ(bytes.size(), ProductTable::kBytes);
  EXPECT_EQ(bytes[2], 0x34);
  EXPECT_EQ(bytes[3], 0x12);
  EXPECT_EQ(bytes[ProductTable::kBytes - 2], 255 * 255 % 256);
}

TEST(ProductTable, IsTheSameAfterItsWayThroughBytes) {
  const ProductTable table = table_of("drum", {4});
  const std::vector<std::uint8_t> bytes = table.bytes();
  const ProductTable again = ProductTable::from_bytes({bytes.data(), bytes.size()});
  EXPECT_EQ(again, table);
  EXPECT_EQ(again.crc32c(), table.crc32c());
}

TEST(ProductTable, HasTheChecksumOfItsBytes) {
  EXPECT_EQ(table_of("exact", {}).crc32c(), 0x401d5c4aU);
  EXPECT_NE(mostly_exact(255, 255, 0).crc32c(), 0x401d5c4aU);
}

TEST(ProductTable, KnowsWhetherZeroGivesZero) {
  EXPECT_TRUE(table_of("exact", {}).zero_preserving());
  EXPECT_TRUE(mostly_exact(1, 1, 0).zero_preserving());
  EXPECT_FALSE(mostly_exact(0, 7, 1).zero_preserving());
  EXPECT_FALSE(mostly_exact(255, 0, 1).zero_preserving());
}

TEST(ProductTable, RefusesAnotherNumberOfProductsAndProductsOfMoreThan16Bits) {
  const std::vector<std::uint8_t> bytes(ProductTable::kBytes + 1);
  EXPECT_THROW(ProductTable::from_bytes({bytes.data(), bytes.size()}), std::invalid_argument);
  EXPECT_THROW(ProductTable(std::vector<std::uint16_t>(255)), std::invalid_argument);
  EXPECT_THROW(mostly_exact(9, 9, 1U << 16U), std::invalid_argument);
}

}  // namespace
}  // namespace airnn
