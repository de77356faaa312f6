// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/elbow.h"

#include <gtest/gtest.h>

#include "sw/compiler/kmeans.h"
#include "testbenches/unit/compiler/test_models.h"

namespace airnn {
namespace {

TEST(Elbow, IsTheLastClusterThatIsWorthItsPrice) {
  EXPECT_EQ(elbow({1.0, 0.5, 0.3, 0.299, 0.298}), 3);
  EXPECT_EQ(elbow({1.0, 0.995, 0.99}), 1);
  EXPECT_EQ(elbow({1.0, 0.8, 0.6}), 3) << "no elbow inside the curve";
}

TEST(Elbow, DoesNotMoveWithTheLengthOfTheCurve) {
  const SortedValues values(test::normal_weights(4000, 0.1, 1));
  const int of_twenty = elbow(normalised_curve(optimal_squares(values, 20)));
  const int of_forty = elbow(normalised_curve(optimal_squares(values, 40)));
  EXPECT_EQ(of_twenty, of_forty);
  EXPECT_GE(of_twenty, 6);
  EXPECT_LE(of_twenty, 10);
}

TEST(Elbow, NormalisesByOneCluster) {
  EXPECT_EQ(normalised_curve({4.0, 2.0, 1.0}), (std::vector<double>{1.0, 0.5, 0.25}));
  EXPECT_EQ(normalised_curve({0.0, 0.0}), (std::vector<double>{0.0, 0.0}));
  EXPECT_EQ(elbow(normalised_curve({0.0, 0.0})), 1) << "equal weights need one cluster";
}

TEST(Elbow, AveragesLayersWithEqualWeight) {
  EXPECT_EQ(average_curve({{1.0, 0.5}, {1.0, 0.25}}), (std::vector<double>{1.0, 0.375}));
}

}  // namespace
}  // namespace airnn
