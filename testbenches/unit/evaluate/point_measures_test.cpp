// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/point_measures.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "sw/evaluate/evaluation_layout.h"
#include "sw/evaluate/point_failures.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"
#include "testbenches/support/scratch_folder.h"
#include "testbenches/unit/evaluate/sample_points.h"

namespace airnn {
namespace {

namespace fs = std::filesystem;
using test::sample_results;
using test::SampleIteration;

class PointMeasuresTest : public testing::Test {
 protected:
  PointMeasuresTest() : folder_(scratch_.path()) { plan_.experiments.emplace_back(); }
  /// A point whose only iteration takes so much energy.
  void add(const std::string& scheme, const std::string& base_key, double value_pj) {
    SampleIteration one;
    one.value_pj = value_pj;
    add_run(scheme, base_key, "", {one});
  }
  void add_run(const std::string& scheme, const std::string& base_key,
               const std::string& iterative_key, const std::vector<SampleIteration>& iterations) {
    PlannedPoint point;
    point.scheme = scheme;
    point.base_key = base_key;
    point.iterative_key = iterative_key;
    add_point(point, sample_results(iterations));
  }
  /// A point of a machine with elements: so many multiplications of a type and a price.
  void add_elements(const std::string& scheme, const std::string& exact_key,
                    const std::string& type, double relative_energy, int multiplications,
                    double accuracy) {
    SampleIteration one;
    one.accuracy_of_stopped = accuracy;
    nlohmann::ordered_json results = sample_results({one});
    results["summary"]["multipliers"] = {
        {{"type", type},
         {"relative_energy", relative_energy},
         {"multiplications", multiplications}},
        {{"type", "exact"}, {"relative_energy", 1.0}, {"multiplications", 100}}};
    results["summary"]["relative_multiplication_energy"] = 0.5;
    PlannedPoint point;
    point.scheme = scheme;
    point.base_key = type;
    point.exact_key = exact_key;
    add_point(point, results);
  }
  void add_point(PlannedPoint point, const nlohmann::ordered_json& results) {
    point.run_key = "run" + std::to_string(plan_.points.size());
    const SealedFiles run = EvaluationLayout(folder_, plan_.program()).run(point.run_key);
    fs::create_directories(run.folder);
    for (const std::string& name : run.files) {
      write_file(run.path(name), "");
    }
    write_file(run_results_file(folder_, point.run_key), results.dump());
    write_seal(run);
    plan_.points.push_back(point);
  }
  std::vector<PointMeasures> measures() const { return measure_points(plan_, folder_); }

  test::ScratchFolder scratch_;
  std::string folder_;
  Plan plan_;
};

TEST_F(PointMeasuresTest, TheBaseIsThatOfTheSameConditions) {
  add("base", "a flat", 140);
  add("base", "a ddr3", 340);
  add("base", "b flat", 540);
  add("iterative", "a ddr3", 40);
  add("iterative", "c flat", 40);
  const std::vector<PointMeasures> points = measures();
  EXPECT_DOUBLE_EQ(*points[3].value(Metric::energy, Accounting::all), 100.0 / 400.0);
  EXPECT_EQ(points[4].value(Metric::energy, Accounting::all), std::nullopt);
}

TEST_F(PointMeasuresTest, ElementsAreComparedWithTheBaseThatHasExactOnes) {
  add_elements("base", "a", "small", 0.25, 900, 0.7);
  add_elements("iterative", "a", "exact", 1, 50, 0.9);
  add_elements("base", "a", "exact", 1, 900, 0.8);
  add_elements("iterative", "a", "small", 0.25, 1900, 0.75);
  add_elements("base", "b", "small", 0.25, 900, 0.7);
  add("base", "small", 140);
  const std::vector<PointMeasures> points = measures();
  const auto value = [&](std::size_t point, Metric metric) {
    return points[point].value(metric, Accounting::all);
  };
  EXPECT_DOUBLE_EQ(*value(0, Metric::multiplication_energy), (900 * 0.25 + 100) / 1000);
  EXPECT_DOUBLE_EQ(*value(1, Metric::multiplication_energy), 0.15);
  EXPECT_DOUBLE_EQ(*value(2, Metric::multiplication_energy), 1);
  EXPECT_DOUBLE_EQ(*value(3, Metric::multiplication_energy), (1900 * 0.25 + 100) / 1000);
  EXPECT_NEAR(*value(0, Metric::accuracy_lost), 0.1, 1e-12);
  EXPECT_NEAR(*value(1, Metric::accuracy_lost), -0.1, 1e-12);
  EXPECT_EQ(points[3].base, &*points[2].run) << "the exact one, though there is another";
  EXPECT_EQ(value(4, Metric::multiplication_energy), std::nullopt) << "nothing exact to compare";
  EXPECT_EQ(points[4].base, &*points[0].run);
  EXPECT_EQ(value(5, Metric::accuracy_lost), std::nullopt) << "no elements";
}

TEST_F(PointMeasuresTest, AssociativeMemoriesHaveHitsAndWhatProductsCost) {
  nlohmann::ordered_json results = sample_results({SampleIteration()});  // ten inputs
  results["summary"]["associative_memory"] = {{"zero_products", 60},
                                              {"cam_searches", 40},
                                              {"cam_hits", 10},
                                              {"relative_product_energy", 0.375},
                                              {"relative_product_energy_gated", 0.9375}};
  add_point({}, results);
  results["summary"]["associative_memory"]["cam_searches"] = 0;
  results["summary"]["associative_memory"]["cam_hits"] = 0;
  add_point({}, results);
  add("base", "", 140);
  const std::vector<PointMeasures> points = measures();
  const auto value = [&](std::size_t point, Metric metric) {
    return points[point].value(metric, Accounting::all);
  };
  EXPECT_DOUBLE_EQ(*value(0, Metric::zero_share), 0.6);
  EXPECT_DOUBLE_EQ(*value(0, Metric::hit_rate), 0.25);
  EXPECT_DOUBLE_EQ(*value(0, Metric::zero_products_per_input), 6);
  EXPECT_DOUBLE_EQ(*value(0, Metric::searches_per_input), 4);
  EXPECT_DOUBLE_EQ(*value(0, Metric::hits_per_input), 1);
  EXPECT_DOUBLE_EQ(*value(0, Metric::product_energy), 0.375);
  EXPECT_DOUBLE_EQ(*value(0, Metric::product_energy_gated), 0.9375);
  EXPECT_DOUBLE_EQ(*value(1, Metric::zero_share), 1);
  EXPECT_EQ(value(1, Metric::hit_rate), std::nullopt) << "nothing was searched for";
  for (const std::string& name : metric_names()) {
    EXPECT_TRUE(!is_of_associative(metric_of(name)) || !value(2, metric_of(name))) << name;
  }
}

TEST_F(PointMeasuresTest, TheIterativeOneIsThatOfTheSameClusters) {
  SampleIteration slow;
  slow.compute_cycles = 790;
  SampleIteration fast;
  fast.compute_cycles = 190;
  SampleIteration slowest;
  slowest.compute_cycles = 9990;
  add_run("iterative", "a", "8", {slowest});
  add_run("iterative", "a", "10", {slow});
  add_run("interleaved", "a", "10", {fast});
  EXPECT_DOUBLE_EQ(*measures()[2].value(Metric::time_of_iterative, Accounting::compute_only),
                   200.0 / 800.0);
}

TEST_F(PointMeasuresTest, FindsWhereTheAccuracyIsNearTheBases) {
  SampleIteration base;
  base.accuracy_of_stopped = 0.9;
  add_run("base", "a", "", {base});
  SampleIteration first;
  first.fraction = 0.1;
  first.stopped = 5;
  SampleIteration second;
  second.fraction = 0.3;
  second.inputs_run = 5;
  second.stopped = 4;
  SampleIteration third;
  third.inputs_run = 1;
  third.stopped = 1;
  add_run("iterative", "a", "", {first, second, third});
  const std::vector<PointMeasures> points = measures();
  const PointMeasures& point = points[1];
  EXPECT_EQ(point.value(Metric::near_base_iterations, Accounting::all), 2);
  EXPECT_EQ(point.value(Metric::near_base_fraction, Accounting::all), 0.3);
  EXPECT_DOUBLE_EQ(*point.value(Metric::near_base_accuracy, Accounting::all), 0.9);
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

TEST_F(PointMeasuresTest, RefusesNumbersThatAreNotWhole) {
  fs::create_directories(folder_);
  for (const double number : {-1e300, 1e300, 0.5}) {
    const nlohmann::json report = {
        {"checksum", "0123abcd"},
        {"network_elbow", nullptr},
        {"elbow_curve", nlohmann::json::array()},
        {"cumulative_fraction", {1.0}},
        {"batches",
         {{{"iteration", number}, {"layers", {{{"name", "c"}, {"nonzero_kernels", 12}}}}}}}};
    EXPECT_THROW(ImageMeasures::read(report, "image.json"), UserError) << number;
    for (const char* const key : {"point", "exit_code"}) {
      nlohmann::json failure = {{"point", 0}, {"exit_code", 2}, {"message", "why"}};
      failure[key] = number;
      write_file(failures_file(folder_), nlohmann::json::array({failure}).dump());
      EXPECT_THROW(read_failures(folder_), UserError) << key << " " << number;
    }
  }
}

TEST_F(PointMeasuresTest, AFolderMayLackPoints) {
  add("iterative", "a", 40);
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
