// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/plots.h"

#include <gtest/gtest.h>

#include <string>

#include "testbenches/unit/evaluate/sample_points.h"

namespace airnn {
namespace {

using Json = nlohmann::ordered_json;
using test::sample_results;
using test::SampleIteration;

/// Points (energy of the base, accuracy) with a threshold each.
class Plots : public testing::Test {
 protected:
  Plots() {
    base_ = test::measures_of(sample_results({SampleIteration()}));
    add("0.5", 0.2, 0.7);
    add("0.7", 0.6, 0.6);
    add("0.9", 0.4, 0.9);
  }

  void add(const std::string& threshold, double energy, double accuracy) {
    SampleIteration one;
    one.value_pj *= energy;
    one.index_pj *= energy;
    one.other_pj *= energy;
    one.accuracy_of_stopped = accuracy;
    planned_.push_back({});
    planned_.back().settings = test::settings({{"network", "a"}, {"threshold", threshold}});
    measured_.emplace_back();
    measured_.back().run = test::measures_of(sample_results({one}));
  }
  Json plot(const PlotSpec& spec) {
    MeasuredPoints all;
    for (std::size_t i = 0; i < measured_.size(); ++i) {
      measured_[i].point = &planned_[i];
      measured_[i].base = &base_;
      all.push_back(&measured_[i]);
    }
    return plot_json(spec, experiment_, all);
  }

  RunMeasures base_;
  std::vector<PlannedPoint> planned_;
  std::vector<PointMeasures> measured_;
  Experiment experiment_;
};

TEST_F(Plots, TheFrontHasNoPointThatAnotherBeatsInBoth) {
  const Json json = plot({"t", "front", "energy", "accuracy", "all", {}});
  EXPECT_EQ(json.at("kind"), "scatter");
  ASSERT_EQ(json.at("series").size(), 4U) << "three points with their names, and the front";
  EXPECT_EQ(json.at("series").at(1).at("label"), "threshold 0.7");
  EXPECT_EQ(json.at("series").at(3).at("role"), "front");
  const Json& front = json.at("series").at(3).at("points");
  ASSERT_EQ(front.size(), 2U);
  EXPECT_EQ(front.at(0).at("note"), "threshold 0.5");
  EXPECT_EQ(front.at(1).at("note"), "threshold 0.9");
}

TEST_F(Plots, AKeyOfNumbersIsAnAxisOfNumbers) {
  const Json json = plot({"t", "against", "threshold", "accuracy", "all", {}});
  EXPECT_EQ(json.at("kind"), "line");
  const Json& points = json.at("series").at(0).at("points");
  ASSERT_EQ(points.size(), 3U);
  EXPECT_DOUBLE_EQ(points.at(2).at("x"), 0.9);
  EXPECT_DOUBLE_EQ(points.at(2).at("y"), 0.9);
}

TEST_F(Plots, AKeyOfNamesIsAnAxisOfCategories) {
  planned_[1].settings[1].name = "elbow";
  const Json json = plot({"t", "against", "threshold", "accuracy", "all", {}});
  EXPECT_EQ(json.at("kind"), "bar");
  EXPECT_EQ(json.at("series").at(0).at("points").at(1).at("x"), "elbow");
}

TEST_F(Plots, PointsWithoutTheKeyAreLeftOut) {
  planned_[1].settings.pop_back();
  const Json json = plot({"t", "against", "threshold", "accuracy", "all", {}});
  EXPECT_EQ(json.at("kind"), "line");
  EXPECT_EQ(json.at("series").at(0).at("points").size(), 2U);
}

TEST_F(Plots, LinesGoFromLeftToRight) {
  planned_[0].settings[1].name = "0.8";
  const Json json = plot({"t", "against", "threshold", "accuracy", "all", {}});
  double last = 0;
  for (const Json& point : json.at("series").at(0).at("points")) {
    EXPECT_GT(point.at("x").get<double>(), last);
    last = point.at("x").get<double>();
  }
}

TEST_F(Plots, PublishedNumbersAreASeriesOfTheirOwn) {
  experiment_.published = {
      {"Table", "accuracy_so_far", test::settings({{"network", "a"}}), "", 1, {0.4, 0.8}, ""},
      {"Other", "accuracy_so_far", test::settings({{"network", "b"}}), "", 1, {0.4}, ""}};
  const Json json = plot({"t", "per_iteration", "", "accuracy_so_far", "all", {}});
  ASSERT_EQ(json.at("series").size(), 4U) << "three of ours, one that speaks of them";
  EXPECT_EQ(json.at("series").at(3).at("role"), "paper");
  EXPECT_EQ(json.at("series").at(3).at("label"), "Table, a");
  EXPECT_EQ(json.at("series").at(3).at("points").size(), 2U);
}

TEST_F(Plots, APublishedSeriesOfOnePointIsItsPair) {
  const Settings where = test::settings({{"threshold", "0.7"}});
  experiment_.published = {{"Table", "accuracy_so_far", where, "", 1, {0.4, 0.8}, ""},
                           {"Figure", "accuracy_so_far", where, "", 1, {0.4}, ""}};
  const Json json = plot({"t", "per_iteration", "", "accuracy_so_far", "all", {}});
  ASSERT_EQ(json.at("series").size(), 5U);
  EXPECT_EQ(json.at("series").at(1).at("label"), "threshold 0.7");
  for (const std::size_t paper : {3U, 4U}) {
    EXPECT_EQ(json.at("series").at(paper).at("pair"), "threshold 0.7");
  }
  EXPECT_EQ(json.at("series").at(3).at("label"), "threshold 0.7");
  EXPECT_EQ(json.at("series").at(4).at("label"), "threshold 0.7 (paper, Figure)");
}

TEST_F(Plots, AxesSayWhatTheirValuesCanBe) {
  experiment_.published = {{"Table", "accuracy_so_far", {}, "", 1, {0.4, 0.8}, ""}};
  const Json json = plot({"t", "per_iteration", "", "accuracy_so_far", "all", {}});
  EXPECT_EQ(json.at("x"), Json::parse(R"({"label": "iteration", "type": "number", "least": 1.0,
                                          "most": 2.0, "whole": true})"));
  EXPECT_EQ(json.at("y").at("least"), 0);
  EXPECT_EQ(json.at("y").at("most"), 1);
  const Json energies = plot({"t", "front", "energy", "accuracy", "all", {}});
  EXPECT_EQ(energies.at("x").at("label"), "energy of an input (relative to base = 1)");
  EXPECT_EQ(energies.at("x").at("least"), 0);
  EXPECT_FALSE(energies.at("x").contains("most"));
  EXPECT_FALSE(plot({"t", "against", "threshold", "accuracy", "all", {}}).at("x").at("whole"));
  for (std::size_t i = 0; i < planned_.size(); ++i) {
    planned_[i].settings[1].name = std::to_string(8 + i);
  }
  EXPECT_TRUE(plot({"t", "against", "threshold", "accuracy", "all", {}}).at("x").at("whole"));
}

TEST_F(Plots, APointIsCalledInAPlotAsInTheTablesOfItsSection) {
  planned_[0].settings.push_back({"run", "ddr3", "ddr3"});
  const Json json = plot(
      {"t", "per_iteration", "", "accuracy_so_far", "all", test::settings({{"threshold", "0.5"}})});
  ASSERT_EQ(json.at("series").size(), 1U);
  EXPECT_EQ(json.at("series").at(0).at("label"), "a") << "alone in its plot";
  EXPECT_EQ(json.at("series").at(0).at("points").at(0).at("note"), "threshold 0.5, ddr3");
}

TEST_F(Plots, ManyPointsOfAFrontAreGrouped) {
  for (int i = 0; i < 9; ++i) {
    add("0.5", 0.5, 0.5);
    planned_.back().settings.push_back({"lanes", std::to_string(i), ""});
  }
  const Json json = plot({"t", "front", "energy", "accuracy", "all", {}});
  ASSERT_EQ(json.at("series").size(), 4U) << "three thresholds and the front";
  EXPECT_EQ(json.at("series").at(0).at("label"), "threshold 0.5");
  EXPECT_EQ(json.at("series").at(0).at("points").size(), 10U);
  EXPECT_EQ(json.at("series").at(0).at("points").at(9).at("note"), "threshold 0.5, lanes 8");
}

TEST_F(Plots, CyclesAreStackedByPhase) {
  const Json json = plot({"t", "cycles", "", "", "all", test::settings({{"threshold", "0.9"}})});
  double sum = 0;
  for (const Json& phase : json.at("series")) {
    ASSERT_EQ(phase.at("points").size(), 1U);
    sum += phase.at("points").at(0).at("y").get<double>();
  }
  EXPECT_DOUBLE_EQ(sum, (20 + 1000 + 400 + 10 + 5) / 10.0);
}

TEST_F(Plots, TheDistributionAddsUpToAllInputs) {
  const Json json = plot({"t", "distribution", "", "", "all", {}});
  for (const Json& series : json.at("series")) {
    double sum = 0;
    for (const Json& point : series.at("points")) {
      sum += point.at("y").get<double>();
    }
    EXPECT_DOUBLE_EQ(sum, 1.0);
  }
}

}  // namespace
}  // namespace airnn
