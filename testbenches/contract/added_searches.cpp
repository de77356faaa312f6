// SPDX-License-Identifier: Apache-2.0
#include "testbenches/contract/added_searches.h"

#include <utility>

namespace airnn::test {

std::vector<ProposedPoint> points_of(const ExperimentSuite& suite) {
  std::vector<ProposedPoint> points;
  for (std::size_t i = 0; i < suite.experiments.size(); ++i) {
    for (const Settings& settings : suite.experiments[i].points) {
      points.push_back({i, settings});
    }
  }
  return points;
}

std::vector<ProposedPoint> RandomSearch::next(const MeasuredSoFar&) {
  std::vector<ProposedPoint> points;
  while (!left_.empty() && points.size() < 2) {
    const std::size_t drawn = random_() % left_.size();
    points.push_back(std::move(left_[drawn]));
    left_.erase(left_.begin() + static_cast<std::ptrdiff_t>(drawn));
  }
  return points;
}

std::vector<ProposedPoint> ClimbingSearch::next(const MeasuredSoFar& measured) {
  if (left_.empty()) {
    return {};
  }
  const std::vector<PointMeasures> points = measured();
  const auto cycles = [&](std::size_t back) {
    return points.size() < back
               ? std::optional<double>()
               : points[points.size() - back].value(Metric::cycles_per_input, Accounting::all);
  };
  const bool is_worse = cycles(1) && cycles(2) && *cycles(1) >= *cycles(2);
  const std::size_t chosen = is_worse ? left_.size() - 1 : 0;
  ProposedPoint point = std::move(left_[chosen]);
  left_.erase(left_.begin() + static_cast<std::ptrdiff_t>(chosen));
  return {std::move(point)};
}

std::vector<ProposedPoint> EndlessSearch::next(const MeasuredSoFar&) {
  return {points_.front()};
}

std::vector<ProposedPoint> StraySearch::next(const MeasuredSoFar&) {
  std::vector<ProposedPoint> points = std::exchange(points_, {});
  for (ProposedPoint& point : points) {
    ++point.experiment;
  }
  return points;
}

}  // namespace airnn::test
