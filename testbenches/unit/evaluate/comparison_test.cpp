// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/comparison.h"

#include <gtest/gtest.h>

#include "testbenches/unit/evaluate/sample_points.h"

namespace airnn {
namespace {

using test::sample_results;
using test::SampleIteration;

/// Two points, one with half the base's energy and one with a tenth of it.
class Comparison : public testing::Test {
 protected:
  Comparison() {
    SampleIteration one;
    base_ = test::measures_of(sample_results({one}));
    add("half", 100.0 * 0.5, 50.0 * 0.5, 5);
    add("tenth", 10, 8, 2);
    experiment_.published.push_back({"Table", "energy", {}, "", 0, {0.1}, ""});
  }

  void add(const std::string& name, double value_pj, double index_pj, double other_pj) {
    SampleIteration one;
    one.value_pj = value_pj;
    one.index_pj = index_pj;
    one.other_pj = other_pj;
    planned_.push_back({});
    planned_.back().settings = test::settings({{"network", "a"}, {"threshold", name}});
    measured_.emplace_back();
    measured_.back().run = test::measures_of(sample_results({one}));
  }
  MeasuredPoints points() {
    MeasuredPoints all;
    for (std::size_t i = 0; i < measured_.size(); ++i) {
      measured_[i].point = &planned_[i];
      measured_[i].base = &base_;
      all.push_back(&measured_[i]);
    }
    return all;
  }

  RunMeasures base_;
  std::vector<PlannedPoint> planned_;
  std::vector<PointMeasures> measured_;
  Experiment experiment_;
};

TEST_F(Comparison, EveryPointAndAccountingHasARow) {
  const auto numbers = compare_numbers(experiment_, points());
  ASSERT_EQ(numbers.size(), 2U * 3U);
  EXPECT_EQ(numbers[0].point, "threshold half");
  EXPECT_DOUBLE_EQ(*numbers[0].ours, 0.5);
  EXPECT_DOUBLE_EQ(*numbers[0].ratio(), 5.0);
  EXPECT_EQ(numbers[4].accounting, Accounting::without_index);
}

TEST_F(Comparison, OneRowIsTheNearest) {
  const auto numbers = compare_numbers(experiment_, points());
  int nearest = 0;
  for (const ComparedNumber& number : numbers) {
    nearest += number.nearest ? 1 : 0;
    EXPECT_TRUE(!number.nearest || (number.point == "threshold tenth" &&
                                    number.accounting == Accounting::value_reads));
  }
  EXPECT_EQ(nearest, 1);
}

TEST_F(Comparison, SpeaksOnlyOfThePointsThatMatch) {
  experiment_.published[0].where = test::settings({{"threshold", "half"}});
  const auto numbers = compare_numbers(experiment_, points());
  ASSERT_EQ(numbers.size(), 3U);
  EXPECT_EQ(numbers[0].point, "threshold half") << "as everywhere in the section";
}

TEST_F(Comparison, ANumberWithoutOursSaysWhy) {
  experiment_.published[0].where = test::settings({{"network", "vgg"}});
  experiment_.published[0].missing = "not at hand";
  const auto tables = comparison_tables(experiment_, points());
  ASSERT_EQ(tables.size(), 1U);
  const auto& row = tables[0].at("rows").at(0);
  EXPECT_EQ(row.back(), "not at hand");
  EXPECT_EQ(row.at(2), "vgg") << "what it speaks of";
  EXPECT_TRUE(row.at(5).is_null());
}

TEST_F(Comparison, TablesSayWhatIsNearestInWords) {
  const auto tables = comparison_tables(experiment_, points());
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_EQ(tables[0].at("headline"),
            "The nearest of 6 readings is energy of an input of \"threshold tenth\", only reading "
            "values counted, beside Table: a factor of 1 on the mean; the farthest is at 5.");
  EXPECT_EQ(tables[1].at("headline"),
            "Between the published number and the nearest of ours is a factor of 1.");
  const auto& row = tables[1].at("rows").at(4);
  EXPECT_EQ(row.at(1), "energy of an input (relative to base = 1)");
  EXPECT_EQ(row.at(2), "threshold tenth");
  EXPECT_EQ(row.at(4), "without index arrays");
}

TEST_F(Comparison, IterationsCountFromTheFirst) {
  experiment_.published = {{"Table", "energy_so_far", {}, "", 2, {0.5, 0.6}, ""}};
  const auto numbers = compare_numbers(experiment_, points());
  ASSERT_EQ(numbers.size(), 2U) << "no point has a second iteration";
  EXPECT_EQ(numbers[0].iteration, 2);
  EXPECT_EQ(numbers[1].iteration, 3);
}

}  // namespace
}  // namespace airnn
