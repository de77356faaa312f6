// SPDX-License-Identifier: Apache-2.0
#include "sw/results/run_results.h"

#include <gtest/gtest.h>

#include "sw/results/results_json.h"
#include "testbenches/unit/results/sample_run.h"

namespace airnn::test {
namespace {

TEST(RunResults, AccuracyIsOfLabels) {
  const SampleRun run;
  RunResults results = run.results();
  EXPECT_DOUBLE_EQ(results.accuracy(), 2.0 / 3);
  EXPECT_DOUBLE_EQ(*results.accuracy_if_all_stop(0), 2.0 / 3);
  EXPECT_DOUBLE_EQ(*results.accuracy_if_all_stop(1), 1) << "by the reference where they stopped";
  EXPECT_DOUBLE_EQ(*results.accuracy_of_stopped(0), 0.5);
  EXPECT_DOUBLE_EQ(*results.accuracy_of_stopped(1), 1);
  results.predictions_if_stopped.clear();
  EXPECT_EQ(results.accuracy_if_all_stop(1), std::nullopt);
  results.labels.clear();
  EXPECT_EQ(results.accuracy_if_all_stop(0), std::nullopt);
  EXPECT_EQ(results.accuracy_of_stopped(0), std::nullopt);
}

TEST(RunResults, FractionsGrowToTheWhole) {
  const SampleRun run;
  const std::vector<double> fractions = cumulative_fractions(run.results().image);
  ASSERT_EQ(fractions.size(), 2U);
  EXPECT_GT(fractions[0], 0);
  EXPECT_LT(fractions[0], 1);
  EXPECT_EQ(fractions[1], 1);
}

TEST(ResultsJson, HasAHostOnlyIfItIsGiven) {
  const SampleRun run;
  RunResults results = run.results();
  EXPECT_FALSE(results_json(results).at("summary").contains("host"));
  results.host = HostCost{2, 5'000'000};
  const auto host = results_json(results).at("summary").at("host");
  EXPECT_EQ(host.at("inputs_per_second"), 1.5);
  EXPECT_EQ(host.at("peak_memory_bytes"), 5'000'000);
}

TEST(ResultsJson, HasAChannelOnlyIfTheMachineHasOne) {
  const auto flat = results_json(SampleRun().results());
  EXPECT_FALSE(flat.at("iterations").at(0).contains("dram"));
  EXPECT_TRUE(flat.at("summary").at("dram").at("row_hit_rate").is_null());
  const auto ddr3 = results_json(SampleRun(usual_actions_and(channel_actions())).results());
  EXPECT_TRUE(ddr3.at("iterations").at(0).contains("dram"));
  EXPECT_TRUE(ddr3.at("summary").at("dram").at("rows").contains("conflicts"));
}

TEST(ResultsJson, UnitsAreIdleForTheRest) {
  const auto unit = results_json(SampleRun().results()).at("units").at("flat_memory");
  EXPECT_EQ(unit.at("working"), 12);
  EXPECT_EQ(unit.at("waiting_for_input"), 2);
  EXPECT_EQ(unit.at("total"), 20 + 4 * 100 + 1);
  EXPECT_EQ(unit.at("idle"), 20 + 4 * 100 + 1 - 14);
}

}  // namespace
}  // namespace airnn::test
