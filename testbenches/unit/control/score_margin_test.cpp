// SPDX-License-Identifier: Apache-2.0
#include "hw/control/score/score_margin.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>

namespace airnn::test {
namespace {

ScoreMargin raw(const std::vector<std::int32_t>& outputs) {
  return score_margin(outputs.data(), outputs.size(), 8, ScoreMode::raw);
}

ScoreMargin soft(const std::vector<std::int32_t>& outputs, int fraction_bits) {
  return score_margin(outputs.data(), outputs.size(), fraction_bits, ScoreMode::softmax);
}

TEST(ScoreMargin, IsTheDistanceOfTheTwoLargest) {
  EXPECT_EQ(raw({3, 9, -4, 7}).score, 2);
  EXPECT_EQ(raw({3, 9, -4, 7}).prediction, 1U);
  EXPECT_EQ(raw({-10, -30}).score, 20);
  EXPECT_EQ(raw({-30, -10}).prediction, 1U);
}

TEST(ScoreMargin, NamesTheFirstOfEqualOutputs) {
  EXPECT_EQ(raw({1, 5, 5, 5}).prediction, 1U);
  EXPECT_EQ(raw({1, 5, 5, 5}).score, 0);
  EXPECT_EQ(soft({4, 4}, 0).prediction, 0U);
  EXPECT_EQ(soft({4, 4}, 0).score, 0);
}

TEST(ScoreMargin, OfOneClassIsThatItself) {
  EXPECT_EQ(raw({-77}).score, -77);
  EXPECT_EQ(soft({-77}, 0).score, (std::int64_t{1} << 31) - 1);
}

TEST(ScoreMargin, DoesNotOverflow) {
  constexpr std::int32_t low = std::numeric_limits<std::int32_t>::min();
  constexpr std::int32_t high = std::numeric_limits<std::int32_t>::max();
  EXPECT_EQ(raw({low, high}).score, std::int64_t{high} - low);
}

TEST(ScoreMargin, EqualsSortingOnRandomOutputs) {
  std::mt19937 random(4);
  for (int round = 0; round < 500; ++round) {
    std::vector<std::int32_t> outputs(2 + random() % 10);
    for (std::int32_t& output : outputs) {
      output = static_cast<std::int32_t>(random() % 40) - 20;
    }
    std::vector<std::int32_t> sorted = outputs;
    std::sort(sorted.rbegin(), sorted.rend());
    const auto first = std::find(outputs.begin(), outputs.end(), sorted[0]);
    EXPECT_EQ(raw(outputs).score, sorted[0] - sorted[1]);
    EXPECT_EQ(raw(outputs).prediction, static_cast<std::uint32_t>(first - outputs.begin()));
  }
}

TEST(ScoreMargin, PredictsByTheOutputsEvenWhereTheirProbabilitiesAreEqual) {
  // One unit of 2^-31 cannot be told apart in the probabilities.
  EXPECT_EQ(soft({5, 6}, 31).prediction, 1U);
}

TEST(Threshold, IsRoundedToTheScoresFormat) {
  EXPECT_EQ(quantised_threshold(0.5, 8, ScoreMode::softmax), std::int64_t{1} << 30);
  EXPECT_EQ(quantised_threshold(0.9, 8, ScoreMode::softmax), 1932735283);
  EXPECT_EQ(quantised_threshold(1.0, 8, ScoreMode::softmax), std::int64_t{1} << 31);
  EXPECT_EQ(quantised_threshold(2.5, 8, ScoreMode::raw), 640);
  EXPECT_EQ(quantised_threshold(0.001953125, 8, ScoreMode::raw), 1) << "half a unit, away from 0";
  EXPECT_EQ(score_fraction_bits(8, ScoreMode::raw), 8);
  EXPECT_EQ(score_fraction_bits(8, ScoreMode::softmax), 31);
}

}  // namespace
}  // namespace airnn::test
