// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/point_measures.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "sw/evaluate/evaluation_folder.h"
#include "testbenches/unit/evaluate/sample_points.h"

namespace airnn {
namespace {

namespace fs = std::filesystem;
using test::sample_results;
using test::SampleIteration;

class PointMeasuresTest : public testing::Test {
 protected:
  PointMeasuresTest()
      : folder_((fs::path(testing::TempDir()) /
                 (std::string("airnn-") +
                  testing::UnitTest::GetInstance()->current_test_info()->name()))
                    .string()) {
    fs::remove_all(folder_);
    plan_.experiments.emplace_back();
  }
  ~PointMeasuresTest() override { fs::remove_all(folder_); }

  /// A point whose only iteration takes so much energy.
  void add(const std::vector<std::pair<std::string, std::string>>& settings, double value_pj) {
    SampleIteration one;
    one.value_pj = value_pj;
    add_run(settings, {one});
  }
  void add_run(const std::vector<std::pair<std::string, std::string>>& settings,
               const std::vector<SampleIteration>& iterations) {
    PlannedPoint point;
    point.settings = test::settings(settings);
    point.run_key = "run" + std::to_string(plan_.points.size());
    fs::create_directories(folder_ + "/runs/" + point.run_key);
    write_text_file(run_results_file(folder_, point.run_key), sample_results(iterations).dump());
    plan_.points.push_back(point);
  }
  std::vector<PointMeasures> measures() const { return measure_points(plan_, folder_); }

  std::string folder_;
  Plan plan_;
};

TEST_F(PointMeasuresTest, TheBaseIsThatOfTheSameNetworkAndMemory) {
  add({{"network", "a"}, {"run", "flat"}, {"compile.scheme", "base"}}, 140);
  add({{"network", "a"}, {"run", "ddr3"}, {"compile.scheme", "base"}}, 340);
  add({{"network", "b"}, {"run", "flat"}, {"compile.scheme", "base"}}, 540);
  add({{"network", "a"}, {"run", "ddr3"}, {"compile.clusters", "8"}, {"threshold", "0.5"}}, 40);
  add({{"network", "c"}, {"run", "flat"}}, 40);
  add({{"network", "a"}, {"run", "ddr3"}, {"compile.precision", "8"}}, 40);
  const std::vector<PointMeasures> points = measures();
  EXPECT_DOUBLE_EQ(*points[3].value(Metric::energy, Accounting::all), 100.0 / 400.0);
  EXPECT_EQ(points[4].value(Metric::energy, Accounting::all), std::nullopt);
  EXPECT_EQ(points[5].value(Metric::energy, Accounting::all), std::nullopt)
      << "a base of other precision is none";
}

TEST_F(PointMeasuresTest, TheIterativeOneDiffersInInterleavingOnly) {
  const auto point = [](const std::string& scheme, const std::string& clusters) {
    return std::vector<std::pair<std::string, std::string>>{
        {"network", "a"}, {"compile.scheme", scheme}, {"compile.clusters", clusters}};
  };
  SampleIteration slow;
  slow.compute_cycles = 790;
  SampleIteration fast;
  fast.compute_cycles = 190;
  SampleIteration slowest;
  slowest.compute_cycles = 9990;
  add_run(point("iterative", "8"), {slowest});
  add_run(point("iterative", "10"), {slow});
  add_run(point("interleaved", "10"), {fast});
  plan_.points.back().settings.push_back({"compile.policy", "position", "position"});
  EXPECT_DOUBLE_EQ(*measures()[2].value(Metric::time_of_iterative, Accounting::compute_only),
                   200.0 / 800.0);
}

TEST_F(PointMeasuresTest, FindsWhereTheAccuracyIsNearTheBases) {
  SampleIteration base;
  base.accuracy_of_stopped = 1;
  add_run({{"network", "a"}, {"compile.scheme", "base"}}, {base});
  SampleIteration first;
  first.fraction = 0.1;
  first.stopped = 5;
  SampleIteration second;
  second.fraction = 0.3;
  second.inputs_run = 5;
  second.stopped = 4.8;
  SampleIteration third;
  third.inputs_run = 0.2;
  third.stopped = 0.2;
  add_run({{"network", "a"}}, {first, second, third});
  const std::vector<PointMeasures> points = measures();
  const PointMeasures& point = points[1];
  EXPECT_EQ(point.value(Metric::near_base_iterations, Accounting::all), 2);
  EXPECT_EQ(point.value(Metric::near_base_fraction, Accounting::all), 0.3);
  EXPECT_DOUBLE_EQ(*point.value(Metric::near_base_accuracy, Accounting::all), 0.98);
  EXPECT_DOUBLE_EQ(*point.value(Metric::near_base_energy, Accounting::all), 2.0);
}

TEST_F(PointMeasuresTest, ReadsKernelsAndGroupsOfLayers) {
  const nlohmann::json report = {
      {"checksum", "0123abcd"},
      {"network_elbow", nullptr},
      {"elbow_curve", nlohmann::json::array()},
      {"cumulative_fraction", {0.1, 1.0}},
      {"batches",
       {{{"iteration", 1}, {"layers", {{{"name", "c"}, {"nonzero_kernels", 12}, {"groups", 4}}}}},
        {{"iteration", 2},
         {"layers", {{{"name", "c"}, {"nonzero_kernels", 20}, {"groups", nullptr}}}}}}}};
  PointMeasures point;
  point.image = ImageMeasures::read(report, "image.json");
  EXPECT_EQ(point.value(Metric::kernels, Accounting::all, 1, "c"), 12);
  EXPECT_EQ(point.value(Metric::groups, Accounting::all, 1, "c"), 4);
  EXPECT_EQ(point.value(Metric::speedup, Accounting::all, 1, "c"), 3);
  EXPECT_EQ(point.value(Metric::groups, Accounting::all, 2, "c"), 20) << "not interleaved";
  EXPECT_EQ(point.value(Metric::groups, Accounting::all, 3, "c"), std::nullopt);
  EXPECT_EQ(point.value(Metric::elbow, Accounting::all), std::nullopt);
}

TEST_F(PointMeasuresTest, AFolderMayLackPoints) {
  add({{"network", "a"}}, 40);
  plan_.points.push_back({});
  plan_.points.back().run_key = "not there";
  write_failures(folder_, {{1, {2, "why"}}});
  const std::vector<PointMeasures> points = measures();
  EXPECT_TRUE(points[0].run);
  EXPECT_FALSE(points[1].run);
  EXPECT_EQ(points[1].failure, "why");
}

}  // namespace
}  // namespace airnn
