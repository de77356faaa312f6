// SPDX-License-Identifier: Apache-2.0
#include "sw/golden/multiply_tile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <vector>

namespace airnn::golden {
namespace {

TEST(MultiplyTile, FastestEqualsPortableForEveryWidth) {
  std::mt19937 random(3);
  std::uniform_int_distribution<std::int32_t> any(INT32_MIN, INT32_MAX);
  for (std::size_t width = kTileStep; width <= kTileWidth; width += kTileStep) {
    const std::size_t rows = 21;
    std::vector<std::int32_t> panel(rows * width);
    for (std::int32_t& element : panel) {
      element = any(random);
    }
    panel[0] = INT32_MIN;
    std::vector<Term> terms;
    for (std::int32_t row = 20; row >= 0; row -= 2) {
      terms.push_back({row, any(random) >> 4});
    }
    std::vector<std::int64_t> expected(width);
    std::vector<std::int64_t> got(width, -1);
    multiply_tile_portable(terms.data(), terms.size(), panel.data(), width, expected.data());
    fastest_multiply_tile()(terms.data(), terms.size(), panel.data(), width, got.data());
    EXPECT_EQ(got, expected) << width;
  }
}

TEST(MultiplyTile, MultipliesTheExtremes) {
  const std::vector<std::int32_t> panel{INT32_MIN, INT32_MAX, -1, 0, 1, INT32_MIN, 5, INT32_MAX};
  const Term term{0, INT32_MIN};
  for (const MultiplyTile multiply : {multiply_tile_portable, fastest_multiply_tile()}) {
    std::vector<std::int64_t> sums(8, 99);
    multiply(&term, 1, panel.data(), 8, sums.data());
    for (std::size_t i = 0; i < panel.size(); ++i) {
      EXPECT_EQ(sums[i], std::int64_t{INT32_MIN} * panel[i]);
    }
    multiply(&term, 0, panel.data(), 8, sums.data());
    EXPECT_THAT(sums, testing::Each(0));
  }
}

TEST(PanelWidth, RoundsUpToWholeSteps) {
  EXPECT_EQ(panel_width(1), 8U);
  EXPECT_EQ(panel_width(8), 8U);
  EXPECT_EQ(panel_width(25), 32U);
}

}  // namespace
}  // namespace airnn::golden
