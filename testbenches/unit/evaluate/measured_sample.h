// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sw/evaluate/point_labels.h"
#include "testbenches/unit/evaluate/sample_points.h"

namespace airnn::test {

/// Made-up points of network "a" over ten inputs, which live as long as this does.
class MeasuredSample {
 public:
  using Pairs = std::vector<std::pair<std::string, std::string>>;

  /// A point that was simulated, of so many pJ per input.
  PointMeasures& add(Pairs pairs, double energy_pj, double accuracy = 0.9) {
    SampleIteration one;
    one.value_pj = 10 * energy_pj;
    one.index_pj = 0;
    one.other_pj = 0;
    one.accuracy_of_stopped = accuracy;
    PointMeasures& point = add_open(std::move(pairs));
    point.run = test::measures_of(sample_results({one}));
    return point;
  }
  /// One that was not.
  PointMeasures& add_open(Pairs pairs) {
    pairs.insert(pairs.begin(), {"network", "a"});
    PlannedPoint& planned = planned_.emplace_back();
    planned.settings = settings(pairs);
    planned.scheme = name_of(planned.settings, "compile.scheme");
    planned.run_key = "run";
    PointMeasures& point = measured_.emplace_back();
    point.point = &planned;
    return point;
  }
  /// All are compared with this one.
  void compare_with(const PointMeasures& base) {
    for (PointMeasures& point : measured_) {
      point.base = &*base.run;
    }
  }
  MeasuredPoints points() const {
    MeasuredPoints all;
    for (const PointMeasures& point : measured_) {
      all.push_back(&point);
    }
    return all;
  }

 private:
  std::deque<PlannedPoint> planned_;
  std::deque<PointMeasures> measured_;
};

}  // namespace airnn::test
