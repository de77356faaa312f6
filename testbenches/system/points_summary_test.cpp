// SPDX-License-Identifier: Apache-2.0
#include "sw/describe/points_summary.h"

#include <gtest/gtest.h>

#include "testbenches/unit/evaluate/sample_points.h"

namespace airnn::test {
namespace {

/// A base accelerator and two points beside it, of which the second was not simulated.
class PointsTable : public testing::Test {
 protected:
  PointsTable() {
    plans_[0].settings = settings({{"network", "net"}, {"compile.scheme", "base"}});
    plans_[1].settings =
        settings({{"network", "net"}, {"compile.scheme", "iterative"}, {"compile.clusters", "12"}});
    plans_[2].settings =
        settings({{"network", "net"}, {"compile.scheme", "iterative"}, {"compile.clusters", "8"}});
    for (std::size_t i = 0; i < 3; ++i) {
      points_[i].point = &plans_[i];
    }
    // 16 uJ and 1,435 cycles an input; 4 uJ and 2,870 cycles.
    points_[0].run = test::measures_of(sample_results({dear(100e6, 14'000)}));
    points_[1].run = test::measures_of(sample_results({dear(-20e6, 28'350)}));
    points_[0].base = &*points_[0].run;
    points_[1].base = &*points_[0].run;
  }
  static SampleIteration dear(double value_pj, std::uint64_t compute_cycles) {
    SampleIteration one;
    one.value_pj = value_pj;
    one.index_pj = 50e6;
    one.other_pj = 10e6;
    one.fetch_cycles = 315;
    one.compute_cycles = compute_cycles;
    return one;
  }
  MeasuredPoints all() const { return {&points_[0], &points_[1], &points_[2]}; }

  std::array<PlannedPoint, 3> plans_;
  std::array<PointMeasures, 3> points_;
};

TEST_F(PointsTable, HasWhatTellsPointsApartAndTheirNumbers) {
  EXPECT_EQ(points_table(all()),
            "scheme     clusters  accuracy  iterations  uJ per input  energy / base  "
            "cycles per input  time / base\n"
            "base                 100.00 %       1.500        16.000          1.000  "
            "           1,435        1.000\n"
            "iterative  12        100.00 %       1.500         4.000          0.250  "
            "           2,870        2.000\n"
            "iterative  8                -           -             -              -  "
            "               -            -\n");
}

TEST_F(PointsTable, LeavesOutWhatNobodyHas) {
  points_[1].base = nullptr;
  EXPECT_EQ(points_table({&points_[1], &points_[2]}),
            "clusters  accuracy  iterations  uJ per input  cycles per input\n"
            "12        100.00 %       1.500         4.000             2,870\n"
            "8                -           -             -                 -\n");
  points_[2].image.emplace();
  points_[2].image->elbow = 9;
  EXPECT_EQ(points_table({&points_[2]}), "elbow\n    9\n");
  points_[2].image.reset();
  EXPECT_EQ(points_table({&points_[2]}), "");
  EXPECT_EQ(points_table({}), "");
}

}  // namespace
}  // namespace airnn::test
