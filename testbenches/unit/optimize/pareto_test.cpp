// SPDX-License-Identifier: Apache-2.0
#include "sw/optimize/pareto.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "testbenches/support/effort.h"

namespace airnn::test {
namespace {

bool dominates(const Fitness& one, const Fitness& other) {
  return one != other && std::equal(one.begin(), one.end(), other.begin(),
                                    [](double a, double b) { return a <= b; });
}

TEST(Pareto, FrontIsWhatNoOtherPointDominates) {
  std::mt19937 random(3);
  for (unsigned n = 0; n < drawn_cases(40); ++n) {
    // More than a block, and so few values that points are equal in one objective or in all.
    std::vector<Fitness> points(n % 4 == 0 ? 700 : random() % 30);
    const std::size_t objectives = 2 + random() % 3;
    for (Fitness& point : points) {
      for (std::size_t i = 0; i < objectives; ++i) {
        point.push_back(static_cast<double>(random() % 12));
      }
    }
    std::vector<std::size_t> due;
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (std::none_of(points.begin(), points.end(),
                       [&](const Fitness& other) { return dominates(other, points[i]); })) {
        due.push_back(i);
      }
    }
    EXPECT_EQ(pareto_front(points), due);
  }
}

TEST(Pareto, HypervolumeIsTheVolumeThatPointsDominate) {
  EXPECT_EQ(hypervolume({}, {1, 1}), 0);
  EXPECT_EQ(hypervolume({{0, 0}}, {2, 3}), 6);
  EXPECT_EQ(hypervolume({{0, 2}, {1, 0}}, {2, 3}), 2 + 3 - 1);
  EXPECT_EQ(hypervolume({{0, 3}, {2, 0}}, {2, 3}), 0) << "at the reference";
  EXPECT_EQ(hypervolume({{0, 0}, {5, 5}}, {2, 3}), 6) << "beyond it";
  EXPECT_EQ(hypervolume({{0, 0, 1}, {1, 1, 0}}, {2, 2, 2}), 4 + 1);
}

}  // namespace
}  // namespace airnn::test
