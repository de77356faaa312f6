// SPDX-License-Identifier: Apache-2.0
#include "sw/model/window_shape.h"

#include <gtest/gtest.h>

namespace airnn::graph {
namespace {

Window square(std::int32_t kernel, std::int32_t stride, std::int32_t before = 0,
              std::int32_t after = 0) {
  return {kernel, kernel, stride, stride, before, before, after, after};
}

std::int32_t side(const Window& window, std::int32_t map, Rounding rounding) {
  const MapShape result = slide(window, {1, map, map}, rounding);
  EXPECT_EQ(result.height, result.width);
  return result.height;
}

TEST(WindowShape, RoundsDownUnlessCeilIsAsked) {
  EXPECT_EQ(side(square(5, 1), 28, Rounding::floor), 24);
  EXPECT_EQ(side(square(3, 2), 6, Rounding::floor), 2);
  EXPECT_EQ(side(square(3, 2), 6, Rounding::ceil), 3);
  EXPECT_EQ(side(square(3, 2), 7, Rounding::ceil), 3);
  EXPECT_EQ(side(square(3, 2, 0, 1), 224, Rounding::floor), 112);
}

TEST(WindowShape, CeilDropsWindowThatStartsBehindTheMap) {
  // Map of 5, padding of 1 on both sides: a fourth window would start at 6, in the padding behind.
  EXPECT_EQ(side(square(2, 2, 1, 1), 5, Rounding::ceil), 3);
  EXPECT_EQ(side(square(1, 3), 5, Rounding::ceil), 2);
}

TEST(WindowShape, IsEmptyWhenTheWindowDoesNotFit) {
  EXPECT_EQ(side(square(5, 1), 4, Rounding::floor), 0);
  EXPECT_EQ(side(square(5, 1, 1, 0), 4, Rounding::floor), 1);
}

TEST(WindowShape, SamePaddingPutsTheOddElementWhereTheModeSays) {
  Window window = square(3, 2);
  apply_auto_pad(AutoPad::same_upper, {1, 224, 224}, &window);
  EXPECT_EQ(window.pad_top, 0);
  EXPECT_EQ(window.pad_bottom, 1);
  apply_auto_pad(AutoPad::same_lower, {1, 224, 224}, &window);
  EXPECT_EQ(window.pad_left, 1);
  EXPECT_EQ(window.pad_right, 0);
  apply_auto_pad(AutoPad::valid, {1, 224, 224}, &window);
  EXPECT_EQ(window.pad_left, 0);
}

TEST(WindowShape, SamePaddingDividesTheMapByTheStride) {
  for (std::int32_t map = 1; map < 20; ++map) {
    for (std::int32_t stride = 1; stride < 5; ++stride) {
      for (std::int32_t kernel = 1; kernel < 6; ++kernel) {
        Window window = square(kernel, stride);
        apply_auto_pad(AutoPad::same_upper, {1, map, map}, &window);
        EXPECT_EQ(side(window, map, Rounding::floor), (map + stride - 1) / stride);
      }
    }
  }
}

TEST(WindowShape, KnowsWindowsThatLieInThePaddingAlone) {
  const MapShape map{1, 4, 4};
  EXPECT_TRUE(every_window_meets_map(square(2, 1, 1, 1), map, {1, 5, 5}));
  EXPECT_FALSE(every_window_meets_map(square(2, 1, 2, 0), map, {1, 5, 5}));
  EXPECT_FALSE(every_window_meets_map(square(2, 1, 0, 2), map, {1, 5, 5}));
}

}  // namespace
}  // namespace airnn::graph
