// SPDX-License-Identifier: Apache-2.0
#include "sw/results/product_ends.h"

#include <gtest/gtest.h>

namespace airnn {
namespace {

EnergyTable prices() {
  EnergyTable table;
  table.set({Action::multiplication, {}}, 4);
  table.set({Action::cam_search_bit, {}}, 0.5);
  table.set({Action::product_read, "16x64"}, 2);
  table.set({Action::product_read, "16x32"}, 1);
  return table;
}

TEST(ProductEnds, AreZerosHitsAndWhatIsMultiplied) {
  ProductEnds ends{5, 3, 1};
  ends += {1, 7, 3};
  EXPECT_EQ(ends.all(), 16U);
  EXPECT_EQ(ends.multiplied(), 6U);
  EXPECT_DOUBLE_EQ(ends.hit_rate(), 0.4);
  EXPECT_EQ(ProductEnds().hit_rate(), 0);
}

TEST(ProductEnergy, IsThatOfSearchesReadsAndMultiplicationsThatAreLeft) {
  Counts counts;
  counts[Action::multiplication] = 1000;  // averages are among them, which are no products
  counts[Action::cam_search_bit] = 30;
  counts[PricedAction{Action::product_read, "16x64"}] = 3;
  counts[PricedAction{Action::product_read, "16x32"}] = 1;
  const ProductEnergy energy = product_energy(prices(), counts, {6, 10, 4});
  EXPECT_DOUBLE_EQ(energy.spent, 6 * 4 + 30 * 0.5 + 3 * 2 + 1);
  EXPECT_DOUBLE_EQ(energy.every, 16 * 4);
  EXPECT_DOUBLE_EQ(energy.gated, 10 * 4);
  EXPECT_DOUBLE_EQ(energy.of_every(), 46.0 / 64);
  EXPECT_DOUBLE_EQ(energy.of_gated(), 46.0 / 40);
}

TEST(ProductEnergy, WithoutProductsIsNothing) {
  const ProductEnergy energy = product_energy(prices(), {}, {});
  EXPECT_EQ(energy.of_every(), 0);
  EXPECT_EQ(energy.of_gated(), 0);
}

}  // namespace
}  // namespace airnn
