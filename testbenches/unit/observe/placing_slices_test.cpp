// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/placing_slices.h"

#include <gtest/gtest.h>

namespace airnn::test {
namespace {

constexpr std::uint64_t kPeriod = 10;

/// Latency 3.
BatchBeat beat(Cycle begin, std::uint32_t layer, std::uint32_t batch = 1,
               std::uint32_t words = 16) {
  return {{begin, begin + 3, layer, words}, batch};
}

void expect(const PlacingSlice& slice, std::uint64_t begin_ps, std::uint64_t end_ps,
            std::uint32_t layer, std::uint64_t words) {
  EXPECT_EQ(slice.begin_ps, begin_ps);
  EXPECT_EQ(slice.end_ps, end_ps);
  EXPECT_EQ(slice.layer, layer);
  EXPECT_EQ(slice.words, words);
}

TEST(PlacingSlices, BeatsOfALayerAreOneSliceUntilThePipelineIsEmpty) {
  const auto slices = placing_slices({beat(5, 0), beat(6, 0), beat(8, 0), beat(20, 0)}, kPeriod);
  ASSERT_EQ(slices.size(), 2U);
  expect(slices[0], 50, 110, 0, 48);
  EXPECT_EQ(slices[0].begin, 5U);
  EXPECT_EQ(slices[0].end, 11U);
  expect(slices[1], 200, 230, 0, 16);
}

TEST(PlacingSlices, TheNextBeatEndsASlice) {
  const auto slices = placing_slices({beat(5, 0), beat(6, 1), beat(7, 0, 2)}, kPeriod);
  ASSERT_EQ(slices.size(), 3U);
  expect(slices[0], 50, 60, 0, 16);
  expect(slices[1], 60, 70, 1, 16);
  expect(slices[2], 70, 100, 0, 16);
  EXPECT_EQ(slices[2].batch, 2U);
}

TEST(PlacingSlices, LayersOfOneBeatShareItsTime) {
  const auto slices = placing_slices(
      {beat(5, 0), beat(6, 0, 1, 3), beat(6, 1, 1, 4), beat(6, 2, 1, 9), beat(7, 2)}, kPeriod);
  ASSERT_EQ(slices.size(), 3U);
  expect(slices[0], 50, 63, 0, 19);
  expect(slices[1], 63, 66, 1, 4);
  expect(slices[2], 66, 100, 2, 25);
  EXPECT_EQ(slices[2].begin, 6U);
}

TEST(PlacingSlices, OfNothingAreNone) {
  EXPECT_TRUE(placing_slices({}, kPeriod).empty());
}

}  // namespace
}  // namespace airnn::test
