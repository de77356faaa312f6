// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/run_measures.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "testbenches/unit/evaluate/sample_points.h"

namespace airnn {
namespace {

using test::sample_results;
using test::SampleIteration;

SampleIteration iteration(std::uint64_t inputs_run, std::uint64_t stopped, double accuracy) {
  SampleIteration one;
  one.inputs_run = inputs_run;
  one.stopped = stopped;
  one.accuracy_of_stopped = accuracy;
  return one;
}

RunMeasures measures(const std::vector<SampleIteration>& iterations) {
  return test::measures_of(sample_results(iterations));
}

TEST(RunMeasures, CountsEnergyInThreeWays) {
  const RunMeasures run = measures({iteration(10, 10, 1)});
  EXPECT_DOUBLE_EQ(run.energy_pj(1, Accounting::all), 160);
  EXPECT_DOUBLE_EQ(run.energy_pj(1, Accounting::without_index), 110);
  EXPECT_DOUBLE_EQ(run.energy_pj(1, Accounting::value_reads), 100);
}

TEST(RunMeasures, SharesTheCommandsOfCurrentsByWords) {
  nlohmann::ordered_json results = sample_results({iteration(10, 10, 1)});
  results["iterations"][0]["energy_pj"] = {{"dram_activate", 40},    {"dram_read", 160},
                                           {"dram_background", 500}, {"dram_refresh", 100},
                                           {"multiplication", 50},   {"total", 850}};
  results["iterations"][0]["counts"].update({{"dram_value_word", 60},
                                             {"dram_index_word", 25},
                                             {"dram_table_word", 5},
                                             {"dram_input_word", 10}});
  const RunMeasures run = test::measures_of(results);
  EXPECT_DOUBLE_EQ(run.energy_pj(1, Accounting::all), 850);
  EXPECT_DOUBLE_EQ(run.energy_pj(1, Accounting::without_index), 850 - 200 * 0.30);
  EXPECT_DOUBLE_EQ(run.energy_pj(1, Accounting::value_reads), 200 * 0.60);
}

TEST(RunMeasures, CountsTimeInThreeWays) {
  const RunMeasures run = measures({iteration(10, 10, 1)});
  EXPECT_DOUBLE_EQ(run.cycles(1, Accounting::all), 20 + 1000 + 400 + 10 + 5);
  EXPECT_DOUBLE_EQ(run.cycles(1, Accounting::fetch_latency), 400 + 10 + 120 * 10);
  EXPECT_DOUBLE_EQ(run.cycles(1, Accounting::compute_only), 400 + 10);
}

TEST(RunMeasures, AddsUpPerInputThatRan) {
  const RunMeasures run = measures({iteration(10, 8, 1), iteration(2, 2, 1)});
  EXPECT_DOUBLE_EQ(run.amount_so_far(true, 1, Accounting::all), 16);
  EXPECT_DOUBLE_EQ(run.amount_so_far(true, 2, Accounting::all), 16 + 80);
  EXPECT_DOUBLE_EQ(run.amount_per_input(true, Accounting::all), 32);
  EXPECT_DOUBLE_EQ(run.amount_per_input(true, Accounting::all, 1), 16);
}

TEST(RunMeasures, InputsThatGoOnCountAsWrong) {
  const RunMeasures run = measures({iteration(10, 8, 0.75), iteration(2, 2, 1)});
  EXPECT_DOUBLE_EQ(*run.accuracy_so_far(1), 0.6);
  EXPECT_DOUBLE_EQ(*run.accuracy_so_far(2), 0.8);
}

TEST(RunMeasures, HasNoAccuracyWithoutLabels) {
  nlohmann::ordered_json results = sample_results({iteration(10, 10, 1)});
  results["summary"]["accuracy"] = nullptr;
  EXPECT_FALSE(test::measures_of(results).accuracy_so_far(1));
}

}  // namespace
}  // namespace airnn
