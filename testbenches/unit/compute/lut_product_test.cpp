// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/product/lut_product.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <stdexcept>
#include <string>

namespace airnn::test {
namespace {

constexpr std::size_t kOperands = 256;

/// A multiplier of which nothing is known, not even what zero gives.
std::vector<std::uint16_t> random_table(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::uint16_t> table(kOperands * kOperands);
  for (std::uint16_t& product : table) {
    product = static_cast<std::uint16_t>(random());
  }
  return table;
}

std::int64_t due(const std::vector<std::uint16_t>& table, std::int32_t weight, std::int32_t pixel) {
  const auto a = static_cast<std::size_t>(std::abs(pixel));
  const auto b = static_cast<std::size_t>(std::abs(weight));
  return ((weight < 0) != (pixel < 0) ? -1 : 1) * std::int64_t{table[a * kOperands + b]};
}

class LutProducts : public testing::TestWithParam<LutProduct::Instructions> {
 protected:
  std::int32_t pick(std::int32_t low, std::int32_t high) {
    return std::uniform_int_distribution<std::int32_t>(low, high)(random_);
  }
  std::int32_t weight() {
    const std::int32_t value = pick(-128, 127);
    return value == 0 ? -128 : value;
  }
  void expect_tile(std::size_t weights, std::int32_t low, std::int32_t high, std::size_t stride);

  const std::vector<std::uint16_t> table_ = random_table(5);
  const LutProduct product_{table_, "random", GetParam()};
  std::mt19937 random_{7};
};

void LutProducts::expect_tile(std::size_t weights, std::int32_t low, std::int32_t high,
                              std::size_t stride) {
  std::vector<KernelWeight> kernel;
  std::vector<std::int32_t> pixels;
  std::vector<std::int64_t> sums(kTilePositions);
  for (std::int64_t& sum : sums) {
    sum = pick(-1000000, 1000000);
  }
  std::vector<std::int64_t> expected = sums;
  for (std::size_t i = 0; i < weights; ++i) {
    kernel.push_back({static_cast<std::uint32_t>(i), weight()});
    for (std::size_t p = 0; p < stride; ++p) {
      pixels.push_back(pick(low, high));
      if (p < kTilePositions) {
        expected[p] += due(table_, kernel.back().value, pixels.back());
      }
    }
  }
  product_.accumulate(kernel.data(), kernel.data() + kernel.size(), pixels.data(), stride,
                      sums.data());
  EXPECT_EQ(sums, expected) << weights << " weights, pixels " << low << " .. " << high;
}

TEST_P(LutProducts, HaveTheSignOfBothAndTheProductOfTheMagnitudes) {
  for (std::int32_t weight = -128; weight < 128; ++weight) {
    for (std::int32_t pixel = -128; pixel < 256 && weight != 0; ++pixel) {
      ASSERT_EQ(product_.product(weight, pixel), due(table_, weight, pixel))
          << "weight " << weight << ", pixel " << pixel;
    }
  }
  EXPECT_EQ(product_.product(-128, -128), table_[128 * kOperands + 128]);
  EXPECT_EQ(product_.product(-3, 0), -std::int64_t{table_[3]}) << "sign(0) is +";
}

TEST_P(LutProducts, OfATileAreSummed) {
  for (const std::size_t weights : {0U, 1U, 33U, 128U, 129U, 301U}) {
    expect_tile(weights, -128, 127, 32);
    expect_tile(weights, 0, 255, 35);
    expect_tile(weights, 0, 63, 32);
    expect_tile(weights, 0, 0, 32);
  }
}

TEST_P(LutProducts, OfMoreWeightsThan32BitsHoldLoseNothing) {
  const std::vector<std::uint16_t> largest(kOperands * kOperands, 65535);
  const LutProduct product(largest, "", GetParam());
  const std::vector<KernelWeight> kernel(70000, KernelWeight{0, 1});
  const std::vector<std::int32_t> pixels(kTilePositions, 1);
  std::vector<std::int64_t> sums(kTilePositions, 1);
  product.accumulate(kernel.data(), kernel.data() + kernel.size(), pixels.data(), kTilePositions,
                     sums.data());
  EXPECT_EQ(sums, std::vector<std::int64_t>(kTilePositions, 1 + std::int64_t{70000} * 65535));
}

TEST_P(LutProducts, OfARowAreSummed) {
  std::vector<KernelWeight> row;
  std::vector<std::int32_t> pixels;
  std::int64_t sum = 0;
  for (std::uint32_t column = 0; column < 400; ++column) {
    pixels.push_back(pick(-128, 255));
    if (column % 3 != 0) {
      row.push_back({column, weight()});
      sum += due(table_, row.back().value, pixels.back());
    }
  }
  EXPECT_EQ(product_.dot(row.data(), row.data() + row.size(), pixels.data()), sum);
}

/// A bit of an input map in memory may flip, where an element has 32 of them.
TEST_P(LutProducts, OfDamagedOperandsStayInTheTableAndAreTheSameInEveryForm) {
  const LutProduct portable(table_, "", LutProduct::Instructions::portable);
  const std::vector<std::int32_t> damaged = {256,     511,   32767,      32768,          65535,
                                             1 << 20, -1234, -32768,     -32769,         -(1 << 30),
                                             1 << 30, 65541, 2147483647, -2147483647 - 1};
  for (const std::int32_t pixel : damaged) {
    for (const std::int32_t of_weight : {-128, -1, 1, 127, 40000, -1000000}) {
      const KernelWeight kernel{0, of_weight};
      const std::vector<std::int32_t> pixels(kTilePositions, pixel);
      std::vector<std::int64_t> sums(kTilePositions, 0);
      product_.accumulate(&kernel, &kernel + 1, pixels.data(), kTilePositions, sums.data());
      const std::vector<std::int64_t> same(kTilePositions, portable.product(of_weight, pixel));
      EXPECT_EQ(sums, same) << "weight " << of_weight << ", pixel " << pixel;
    }
  }
  EXPECT_EQ(portable.product(3, (1 << 20) + 7), due(table_, 3, 7)) << "low bits count";
}

TEST_P(LutProducts, HaveAPriceOfTheirOwnAndSkipNoZeros) {
  EXPECT_EQ(product_.price_class(), "random");
  EXPECT_FALSE(product_.skips_zeros());
  EXPECT_THROW(LutProduct(std::vector<std::uint16_t>(1000), "", GetParam()), std::invalid_argument);
}

std::string name_of(LutProduct::Instructions instructions) {
  switch (instructions) {
    case LutProduct::Instructions::fastest:
      return "fastest";
    case LutProduct::Instructions::shuffle:
      return "shuffle";
    case LutProduct::Instructions::portable:
      break;
  }
  return "portable";
}

INSTANTIATE_TEST_SUITE_P(Ways, LutProducts,
                         testing::Values(LutProduct::Instructions::fastest,
                                         LutProduct::Instructions::shuffle,
                                         LutProduct::Instructions::portable),
                         [](const auto& test) { return name_of(test.param); });

}  // namespace
}  // namespace airnn::test
