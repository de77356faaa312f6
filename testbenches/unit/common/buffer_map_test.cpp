// SPDX-License-Identifier: Apache-2.0
#include "hw/common/buffer_map.h"

#include <gtest/gtest.h>

#include <set>

namespace airnn::test {
namespace {

BufferMap map_of(std::int32_t kernels, std::int64_t columns) {
  Layer layer;
  layer.kernels = kernels;
  layer.columns = columns;
  return BufferMap(layer);
}

TEST(BufferMap, HasTwoSlotsForTheBiasBehindEachKernel) {
  const BufferMap map = map_of(20, 25);
  EXPECT_EQ(map.pitch(), 27U);
  EXPECT_EQ(map.slots(), 20U * 27U);
  EXPECT_EQ(map.slot(0, 0), 0U);
  EXPECT_EQ(map.slot(0, 26), 26U);
  EXPECT_EQ(map.slot(1, 0), 27U);
  EXPECT_EQ(map.slot(19, 26), 20U * 27U - 1);
}

TEST(BufferMap, GivesEveryWordASlotOfItsOwn) {
  const BufferMap map = map_of(7, 11);
  std::set<std::uint32_t> slots;
  for (std::uint32_t row = 0; row < 7; ++row) {
    for (std::uint32_t column = 0; column < map.pitch(); ++column) {
      EXPECT_TRUE(map.contains(row, column));
      slots.insert(map.slot(row, column));
    }
  }
  EXPECT_EQ(slots.size(), map.slots());
}

TEST(BufferMap, ContainsNoRowOrColumnBehindTheLast) {
  const BufferMap map = map_of(3, 4);
  EXPECT_FALSE(map.contains(3, 0));
  EXPECT_FALSE(map.contains(0, 6));
  EXPECT_FALSE(map.contains(0xFFFFFFFF, 0));
}

TEST(BufferMap, OfALayerWithoutWeightsHasNoSlots) {
  EXPECT_EQ(BufferMap().slots(), 0U);
  EXPECT_FALSE(BufferMap().contains(0, 0));
}

}  // namespace
}  // namespace airnn::test
