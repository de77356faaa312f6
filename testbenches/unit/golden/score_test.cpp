// SPDX-License-Identifier: Apache-2.0
#include "sw/golden/score.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>

#include "sw/format/errors.h"
#include "sw/golden/fixed_inference.h"
#include "sw/golden/softmax.h"
#include "testbenches/unit/golden/small_network.h"

namespace airnn::golden {
namespace {

using testing::ElementsAre;

TEST(Prediction, TakesTheLowestIndexOfEqualOutputs) {
  EXPECT_EQ(prediction({3, 9, 9, -1}), 1);
  EXPECT_EQ(prediction({-4, -4}), 0);
  EXPECT_EQ(prediction({INT32_MIN, INT32_MAX}), 1);
}

TEST(Margin, IsLargestMinusSecondLargest) {
  EXPECT_EQ(margin({3, 9, 4}), 5);
  EXPECT_EQ(margin({9, 4, 3}), 5);
  EXPECT_EQ(margin({9, 3, 9}), 0);
  EXPECT_EQ(margin({INT32_MIN, INT32_MAX}), 4294967295);
}

TEST(Margin, OfOneClassIsTheClassItself) {
  EXPECT_EQ(margin({-17}), -17);
}

TEST(Threshold, IsRoundedToTheFormatOfTheScore) {
  EXPECT_EQ(threshold_integer(0.9, ScoreMode::softmax, 5), 1932735283);
  EXPECT_EQ(threshold_integer(1.0, ScoreMode::softmax, 5), std::int64_t{1} << 31);
  EXPECT_EQ(threshold_integer(0.9, ScoreMode::raw, 3), 7);
  EXPECT_EQ(threshold_integer(0.0625, ScoreMode::raw, 3), 1);  // half, away from zero
  EXPECT_EQ(threshold_integer(-0.0625, ScoreMode::raw, 3), -1);
  EXPECT_GT(threshold_integer(2.0, ScoreMode::raw, 96), std::int64_t{1} << 32);
  EXPECT_THROW(threshold_integer(std::nan(""), ScoreMode::raw, 3), ConfigError);
}

/// Two classes; outputs for kInput are 0:0 in iteration 1, 4:0 in the second, 4:9 in the third (one
/// fraction bit).
const std::vector<std::int32_t> kInput = {1, 0, 0};

test::SmallNetwork changing_its_mind() {
  test::SmallNetwork small({3, 1, 1}, {32, 0});
  small.add(test::fully_connected({3, 1, 1}, 2, {32, 1}, {32, 1}), {4, 1, 1, 9, -1, -1});
  small.batches[0] = {2, 1, 2, 3, 1, 3};
  small.iterations = 3;
  return small;
}

TEST(Classify, StopsWhenTheScoreReachesTheThreshold) {
  const FixedInference inference(changing_its_mind().image());
  // 2.0 against 0.0 is what a threshold of 2.0 asks for, exactly.
  const Classification at = inference.classify(kInput, 2.0, ScoreMode::raw);
  EXPECT_EQ(at.iterations, 2);
  EXPECT_EQ(at.prediction, 0);
  EXPECT_THAT(at.scores, ElementsAre(0, 4));
  EXPECT_THAT(at.last.outputs.back(), ElementsAre(4, 0));
}

TEST(Classify, EndsWithTheLastIterationWhateverTheScore) {
  const FixedInference inference(changing_its_mind().image());
  const Classification above = inference.classify(kInput, 100.0, ScoreMode::raw);
  EXPECT_EQ(above.iterations, 3);
  EXPECT_EQ(above.prediction, 1);
  EXPECT_THAT(above.scores, ElementsAre(0, 4, 5));
}

TEST(Classify, HonoursTheLeastNumberOfIterations) {
  const FixedInference inference(changing_its_mind().image());
  EXPECT_EQ(inference.classify(kInput, 0.0, ScoreMode::raw).iterations, 1);
  EXPECT_EQ(inference.classify(kInput, 0.0, ScoreMode::raw, 2).iterations, 2);
  EXPECT_EQ(inference.classify(kInput, 0.0, ScoreMode::raw, 9).iterations, 3);
}

TEST(Classify, ComparesProbabilitiesInSoftmaxMode) {
  const FixedInference inference(changing_its_mind().image());
  const auto p = fixed_softmax({4, 0}, 1);
  const std::int64_t score = std::int64_t{p[0]} - p[1];
  EXPECT_NEAR(static_cast<double>(score) / 2147483648.0, std::tanh(1.0), 1e-5);
  EXPECT_EQ(inference.classify(kInput, std::ldexp(static_cast<double>(score), -31)).iterations, 2);
  EXPECT_EQ(inference.classify(kInput, std::ldexp(static_cast<double>(score) + 1, -31)).iterations,
            3);
  EXPECT_EQ(inference.run(kInput, 2).softmax_score, score);
  EXPECT_EQ(inference.run(kInput, 2).raw_score, 4);
}

}  // namespace
}  // namespace airnn::golden
