// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/points_headline.h"

#include <gtest/gtest.h>

#include "testbenches/unit/evaluate/measured_sample.h"

namespace airnn {
namespace {

/// Every energy is per input; each point takes 143.5 cycles per input.
class PointsHeadline : public testing::Test {
 protected:
  std::string headline() const { return points_headline(sample_.points()); }
  void add_base() { sample_.compare_with(sample_.add({{"compile.scheme", "base"}}, 1000, 0.95)); }
  ImageMeasures image(double elbow) const {
    ImageMeasures image;
    image.elbow = elbow;
    return image;
  }

  test::MeasuredSample sample_;
};

TEST_F(PointsHeadline, NamesThePointOfLeastEnergyAgainstItsBase) {
  sample_.add({{"threshold", "0.9"}}, 400);
  sample_.add({{"threshold", "0.5"}}, 250, 0.8);
  add_base();
  EXPECT_EQ(headline(),
            "Relative to base, \"threshold 0.5\" needs the least energy of 2 points: 0.25 times as "
            "much, in the same time, with an accuracy of 80 % against 95 %.");
}

TEST_F(PointsHeadline, SaysIfNoneIsBetterThanItsBase) {
  sample_.add({{"threshold", "0.9"}}, 1500);
  sample_.add({{"threshold", "0.5"}}, 1200);
  add_base();
  EXPECT_EQ(headline(),
            "Relative to base, none of 2 points needs less energy; \"threshold 0.5\" comes nearest "
            "with 1.2 times the energy, in the same time, with an accuracy of 90 % against 95 %.");
}

TEST_F(PointsHeadline, OfOnePointBesideItsBaseNothingIsLeast) {
  sample_.add({{"threshold", "0.9"}}, 1500);
  add_base();
  EXPECT_EQ(headline(),
            "Relative to base, \"threshold 0.9\" needs 1.5 times the energy, in the same time, "
            "with an accuracy of 90 % against 95 %.");
}

TEST_F(PointsHeadline, WhatIsTheSameIsNotSaidTwice) {
  sample_.add({{"threshold", "0.9"}}, 1000, 0.95);
  add_base();
  EXPECT_EQ(headline(),
            "Relative to base, \"threshold 0.9\" needs the same energy, in the same time, with the "
            "same accuracy of 95 %.");
}

TEST_F(PointsHeadline, EqualPointsAreNamedTogether) {
  sample_.add({{"threshold", "0.9"}}, 400);
  sample_.add({{"threshold", "0.8"}}, 400, 0.5);
  sample_.add({{"threshold", "0.7"}}, 500);
  add_base();
  EXPECT_EQ(headline(),
            "Relative to base, \"threshold 0.9\" and 1 other point need the least energy of 3 "
            "points: 0.4 times as much.");
}

TEST_F(PointsHeadline, WithoutABaseEnergiesStandForThemselves) {
  sample_.add({{"threshold", "0.9"}}, 4000);
  EXPECT_EQ(headline(), "\"a\" needs 4 nJ per input, in 143.5 cycles, with an accuracy of 90 %.");
  sample_.add({{"threshold", "0.5"}}, 2000);
  EXPECT_EQ(headline(),
            "Of 2 points, \"threshold 0.5\" needs the least energy: 2 nJ per input, in 143.5 "
            "cycles, with an accuracy of 90 %.");
  sample_.add({{"threshold", "0.6"}}, 2000);
  EXPECT_EQ(
      headline(),
      "Of 3 points, \"threshold 0.5\" and 1 other point need the least energy: 2 nJ per input.");
}

TEST_F(PointsHeadline, TheBaseAloneIsNotComparedWithItself) {
  add_base();
  EXPECT_EQ(headline(), "\"a\" needs 1 nJ per input, in 143.5 cycles, with an accuracy of 95 %.");
}

TEST_F(PointsHeadline, SaysHowManyAreNotDone) {
  sample_.add_open({{"threshold", "0.9"}}).failure = "no memory";
  EXPECT_EQ(headline(), "The only point is not done.");
  sample_.add_open({{"threshold", "0.8"}});
  EXPECT_EQ(headline(), "None of 2 points is done.");
  sample_.add({{"threshold", "0.7"}}, 4000);
  EXPECT_EQ(headline(),
            "\"threshold 0.7\" needs 4 nJ per input, in 143.5 cycles, with an accuracy of 90 %; 2 "
            "of 3 points are not done.");
}

TEST_F(PointsHeadline, OfImagesItSaysWhereTheElbowsLie) {
  for (const auto& [name, elbow] : {std::pair("x", 9.0), std::pair("y", 9.0)}) {
    PointMeasures& point = sample_.add_open({{"compile.policy", name}});
    point.simulates = false;
    point.image = image(elbow);
  }
  EXPECT_EQ(headline(), "The elbow lies at 9 clusters for both points.");
  PointMeasures& point = sample_.add_open({{"compile.policy", "z"}});
  point.simulates = false;
  point.image = image(12);
  EXPECT_EQ(
      headline(),
      "The elbow lies between 9 clusters (\"policy x\" and 1 other point) and 12 (\"policy z\").");
}

TEST_F(PointsHeadline, OfNoPointsItSaysSo) {
  EXPECT_EQ(headline(), "There are no points.");
}

TEST_F(PointsHeadline, IterationsAreOfThePointsThatRan) {
  EXPECT_EQ(iterations_headline(sample_.points()), "No input was simulated.");
  sample_.add({{"threshold", "0.9"}}, 1);
  EXPECT_EQ(iterations_headline(sample_.points()), "Inputs stop after 1.5 iterations on the mean.");
  sample_.add({{"threshold", "0.8"}}, 1);
  EXPECT_EQ(iterations_headline(sample_.points()),
            "Inputs stop after 1.5 iterations on the mean, at both points.");
  add_base();
  EXPECT_EQ(iterations_headline(sample_.points()),
            "Inputs stop after 1.5 iterations on the mean, at both points.")
      << "the base is no third";
  nlohmann::ordered_json results = test::sample_results({test::SampleIteration()});
  results["summary"]["mean_iterations"] = 1;
  sample_.add_open({{"threshold", "0.7"}}).run = test::measures_of(results);
  EXPECT_EQ(iterations_headline(sample_.points()),
            "Inputs stop earliest at \"threshold 0.7\", after 1 iteration on the mean, and latest "
            "at \"threshold 0.9\" and 1 other point, after 1.5 iterations.");
}

}  // namespace
}  // namespace airnn
