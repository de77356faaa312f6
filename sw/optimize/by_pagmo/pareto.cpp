// SPDX-License-Identifier: Apache-2.0
#include "sw/optimize/by_pagmo/by_pagmo.h"

#include <algorithm>
#include <iterator>
#include <pagmo/utils/hypervolume.hpp>
#include <pagmo/utils/multi_objective.hpp>

namespace airnn::by_pagmo {

namespace {

/// Sorting compares all points of a block with each other, and remembers who dominates whom.
constexpr std::size_t kBlock = 512;

std::vector<std::size_t> front_of(const std::vector<Fitness>& points,
                                  const std::vector<std::size_t>& among) {
  if (among.size() < 2) {
    return among;
  }
  std::vector<Fitness> values;
  for (const std::size_t index : among) {
    values.push_back(points[index]);
  }
  const auto fronts = std::get<0>(pagmo::fast_non_dominated_sorting(values));
  std::vector<std::size_t> front;
  for (const auto index : fronts.front()) {
    front.push_back(among[index]);
  }
  std::sort(front.begin(), front.end());
  return front;
}

}  // namespace

std::vector<std::size_t> pareto_front(const std::vector<Fitness>& points) {
  std::vector<std::size_t> front;
  for (std::size_t first = 0; first < points.size(); first += kBlock) {
    std::vector<std::size_t> among = front;
    for (std::size_t i = first; i < std::min(points.size(), first + kBlock); ++i) {
      among.push_back(i);
    }
    front = front_of(points, among);
  }
  return front;
}

double hypervolume(const std::vector<Fitness>& points, const Fitness& reference) {
  std::vector<Fitness> within;
  std::copy_if(points.begin(), points.end(), std::back_inserter(within), [&](const Fitness& point) {
    return std::equal(point.begin(), point.end(), reference.begin(),
                      [](double value, double bound) { return value < bound; });
  });
  return within.empty() ? 0 : pagmo::hypervolume(within).compute(reference);
}

}  // namespace airnn::by_pagmo
