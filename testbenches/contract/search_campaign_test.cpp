// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "sw/campaign/campaign.h"
#include "sw/campaign/compile_keys.h"
#include "sw/campaign/search/space_check.h"
#include "sw/data/digit_drawer.h"
#include "sw/data/idx_writer.h"
#include "sw/evaluate/experiment_reader.h"
#include "sw/evaluate/search_outcome.h"
#include "sw/format/errors.h"
#include "testbenches/contract/search_contract.h"
#include "testbenches/support/file_tree.h"
#include "testbenches/support/onnx_builder.h"
#include "testbenches/support/scratch_folder.h"
#include "testbenches/support/source_path.h"

namespace airnn::test {
namespace {

namespace fs = std::filesystem;

std::size_t seal_count(const std::string& folder) {
  std::size_t seals = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    seals += it->path().extension() == ".seal" ? 1 : 0;
  }
  return seals;
}

/// Searches on drawn digits and a small network: 12 points of scheme iterative, twice as many of
/// interleaved, which has a policy, and one of base.
class SearchCampaign : public testing::Test {
 protected:
  static constexpr const char* kNsga2 = "algorithm: nsga2\n  population: 8\n  generations: 3";
  static constexpr const char* kExhaustive = "algorithm: exhaustive";
  static constexpr const char* kObjectives =
      "objectives: {mean_iterations: max, cycles_per_input: min}\n";

  SearchCampaign() {
    write_labelled_set(draw_digits(40, 5), path("digits"));
    OnnxBuilder net;
    net.input("x", {1, 1, 28, 28})
        .flatten()
        .gemm(20, 784)
        .relu()
        .gemm(10, 20)
        .save(path("net.onnx"));
  }

  std::string path(const std::string& name) const { return folder_.path() + "/" + name; }

  /// An experiment with this search; `keys` are further keys of it, each with its line's end.
  ExperimentSuite suite(const std::string& algorithm, const std::string& keys = kObjectives,
                        const std::string& space = "") const {
    std::ofstream file(path("s.yaml"));
    file << "title: A search\nnetworks:\n  net:\n    model: net.onnx\n"
            "    images: digits-images.idx\n    labels: digits-labels.idx\n"
            "search:\n  "
         << algorithm << "\n  " << keys
         << "  judge_on: {first: 30, count: 10}\n  space:\n    network: net\n    run: "
         << source_path("configs/run/default.yaml") << "\n"
         << (space.empty() ? "    compile.scheme: [base, iterative, interleaved]\n"
                             "    compile.policy: [position, block]\n"
                             "    compile.clusters: [2, 4]\n"
                             "    threshold: {from: 0.05, to: 0.3, step: 0.05}\n"
                           : space);
    file.close();
    return read_experiments(path("s.yaml"), wrong_matrix_key);
  }

  CampaignOptions options(const ExperimentSuite& suite, unsigned workers = 2) const {
    CampaignOptions options;
    options.out = path("out");
    options.search = suite.experiments.front().search->algorithm;
    options.workers = workers;
    options.piece_inputs = 4;
    return options;
  }
  static CampaignResult run(const ExperimentSuite& suite, const CampaignOptions& options) {
    CampaignListener listener;
    return Campaign(suite, CampaignTables(), options, listener, [] { return false; }).run();
  }
  static FileTree tree_after(const ExperimentSuite& suite, const CampaignOptions& options) {
    run(suite, options);
    FileTree tree = file_tree(options.out);
    fs::remove_all(options.out);
    return tree;
  }

  /// The message of a search that is refused before it begins.
  std::string refusal(const std::string& algorithm, const std::string& keys = kObjectives,
                      const std::string& space = "") const {
    try {
      check_space(suite(algorithm, keys, space), CampaignTables());
    } catch (const UserError& error) {
      return error.what();
    }
    return "not refused";
  }

  ScratchFolder folder_;
};

TEST_F(SearchCampaign, SearchesKeepTheContract) {
  for (const char* algorithm : {kNsga2, kExhaustive, "algorithm: random\n  points: 15"}) {
    const ExperimentSuite suite = this->suite(algorithm);
    const CampaignTables tables;
    const auto row = std::find_if(
        tables.searches.begin(), tables.searches.end(), [&](const NamedSearch& search) {
          return search.name == suite.experiments.front().search->algorithm;
        });
    ASSERT_NE(row, tables.searches.end());
    EXPECT_TRUE(row->looks_for_points);
    EXPECT_EQ(broken_rule(row->make, suite), "") << row->name;
  }
}

TEST_F(SearchCampaign, WorkersDecideNoByte) {
  const ExperimentSuite suite = this->suite(kNsga2);
  const FileTree due = tree_after(suite, options(suite, 1));
  EXPECT_EQ(due.count("evaluation.json"), 1U);
  EXPECT_EQ(tree_after(suite, options(suite, 2)), due);
  EXPECT_EQ(tree_after(suite, options(suite, 6)), due);
}

TEST_F(SearchCampaign, KilledAtRandomMomentsItGoesOnToTheSameBytes) {
  const ExperimentSuite suite = this->suite(kNsga2);
  CampaignOptions options = this->options(suite);
  const FileTree due = tree_after(suite, options);
  const auto seals =
      static_cast<std::size_t>(std::count_if(due.begin(), due.end(), [](const auto& file) {
        return fs::path(file.first).extension() == ".seal";
      }));
  options.resume = true;
  for (const std::size_t eighths : {1U, 3U, 6U}) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      run(suite, options);
      _exit(0);
    }
    int status = 0;
    while (seal_count(options.out) < seals * eighths / 8 && waitpid(child, &status, WNOHANG) == 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "was at its end before " << eighths << " eighths";
  }
  EXPECT_EQ(tree_after(suite, options), due);
}

TEST_F(SearchCampaign, Nsga2FindsTheFrontOfAnExhaustiveSearch) {
  std::vector<std::set<Fitness>> fronts;
  std::vector<std::size_t> counts;
  for (const char* algorithm :
       {kExhaustive, "algorithm: nsga2\n  population: 12\n  generations: 12"}) {
    const ExperimentSuite suite = this->suite(algorithm);
    const CampaignOptions options = this->options(suite);
    const CampaignResult result = run(suite, options);
    const std::vector<PointMeasures> points = measure_points(result.plan, options.out);
    const SearchOutcome outcome = outcome_of(result.plan, points);
    counts.push_back(outcome.points.size());
    std::set<Fitness>& front = fronts.emplace_back();
    for (const PointMeasures* point : outcome.front) {
      front.insert(fitness_of(*suite.experiments.front().search, *point));
    }
    fs::remove_all(options.out);
  }
  EXPECT_EQ(counts[0], 1U + 12U + 24U) << "settings without meaning make no points";
  EXPECT_GT(fronts[0].size(), 1U);
  EXPECT_EQ(fronts[1], fronts[0]);
}

TEST_F(SearchCampaign, TheFrontIsConfirmedAndKeepsTheConstraints) {
  const std::string space =
      "    compile.clusters: [2, 4]\n    threshold: {from: 0.05, to: 0.3, step: 0.05}\n";
  const auto cycles = [](const PointMeasures* point) {
    return *point->value(Metric::cycles_per_input, Accounting::all);
  };
  std::vector<double> all;
  {
    const ExperimentSuite free = this->suite(kExhaustive, kObjectives, space);
    const CampaignResult result = run(free, options(free));
    const std::vector<PointMeasures> points = measure_points(result.plan, path("out"));
    const SearchOutcome outcome = outcome_of(result.plan, points);
    std::transform(outcome.points.begin(), outcome.points.end(), std::back_inserter(all), cycles);
  }
  std::sort(all.begin(), all.end());
  ASSERT_EQ(all.size(), 12U);
  ASSERT_LT(all.front(), all.back());
  const double bound = (all.front() + all.back()) / 2;
  const ExperimentSuite suite = this->suite(
      kExhaustive,
      std::string(kObjectives) + "  confirm_on: {count: 20}\n  constraints: {accuracy_loss: 1, " +
          "cycles_per_input: {at_most: " + std::to_string(bound) + "}}\n",
      space);
  CampaignOptions options = this->options(suite);
  options.resume = true;
  const CampaignResult result = run(suite, options);
  EXPECT_TRUE(result.failures.empty());
  const std::vector<PointMeasures> points = measure_points(result.plan, options.out);
  const SearchOutcome outcome = outcome_of(result.plan, points);
  for (std::size_t i = 0; i < outcome.points.size(); ++i) {
    const PointMeasures& point = *outcome.points[i];
    ASSERT_NE(point.base, nullptr);
    EXPECT_EQ(point.run->inputs(), 10);
    EXPECT_EQ(outcome.standings[i] == SearchStanding::violating, cycles(&point) > bound);
  }
  ASSERT_FALSE(outcome.front.empty());
  for (const PointMeasures* confirmed : outcome.confirmed) {
    ASSERT_NE(confirmed, nullptr);
    EXPECT_EQ(confirmed->run->inputs(), 20);
    EXPECT_NE(confirmed->base, nullptr);
  }
  EXPECT_EQ(result.plan.networks.front().first, 30);
  EXPECT_EQ(plan_text(plan_from(plan_text(result.plan), "plan")), plan_text(result.plan));
}

TEST_F(SearchCampaign, RefusesWhatCannotBe) {
  using testing::HasSubstr;
  const std::string constraints = std::string(kObjectives) + "  constraints: ";
  EXPECT_THAT(refusal("algorithm: nsga"), HasSubstr("did you mean 'nsga2'?"));
  EXPECT_THAT(refusal("algorithm: nsga2\n  population: 10"), HasSubstr("multiple of 4"));
  EXPECT_THAT(refusal("algorithm: nsga2\n  points: 10"), HasSubstr("'points' has no meaning"));
  EXPECT_THAT(refusal("algorithm: random"), HasSubstr("points: expected how many"));
  EXPECT_THAT(refusal("algorithm: random\n  pointss: 3"), HasSubstr("did you mean 'points'?"));
  EXPECT_THAT(refusal(kNsga2, "objectives: {acuracy: max, energy: min}\n"),
              HasSubstr("did you mean 'accuracy'?"));
  EXPECT_THAT(refusal(kNsga2, "objectives: {accuracy: max}\n"), HasSubstr("expected 2 to 4"));
  EXPECT_THAT(refusal(kNsga2, "objectives: {accuracy: most, energy: min}\n"),
              HasSubstr("expected one of max, min"));
  EXPECT_THAT(refusal(kNsga2, "objectives: {accuracy: max, kernels: max}\n"),
              HasSubstr("no metric of a whole run"));
  EXPECT_THAT(refusal(kNsga2, constraints + "{accuracy_los: 0.1}\n"),
              HasSubstr("did you mean 'accuracy_loss'?"));
  EXPECT_THAT(refusal(kNsga2, constraints + "{energy: {at_most: 1, at_least: 0}}\n"),
              HasSubstr("expected {at_most: NUMBER}"));
  const std::string many = "    threshold: {from: 0.1, to: 0.9, step: 0.001}\n";
  EXPECT_THAT(refusal(kExhaustive, kObjectives,
                      many + "    compile.clusters: {from: 2, to: 20, step: 1}\n"),
              HasSubstr("the space has 15219 points; algorithm exhaustive takes at most 10000"));
  EXPECT_THAT(refusal(kNsga2, kObjectives, "    accelerator.lanes: [4, 0]\n"), HasSubstr("lanes"));
  EXPECT_THAT(refusal(kNsga2, kObjectives, "    threshold: {from: 0.5, to: 0.9}\n"),
              HasSubstr("expected {from: NUMBER, to: NUMBER, step: NUMBER}"));
  EXPECT_THAT(refusal(kNsga2, kObjectives, "    threshold: {from: 0.5, to: 0.9, step: 0}\n"),
              HasSubstr("expected a step above 0"));
  EXPECT_THAT(refusal(kNsga2, kObjectives, "    thresholt: [0.5, 0.6]\n"),
              HasSubstr("did you mean 'threshold'?"));
  EXPECT_THAT(refusal(kNsga2, kObjectives, "    compile.cluster: [4, 6]\n"),
              HasSubstr("did you mean '--clusters'?"));
  EXPECT_THAT(refusal(kNsga2, kObjectives, "    threshold: 0.5\n"), HasSubstr("one point"));
  EXPECT_THAT(refusal(kNsga2, std::string(kObjectives) + "  confirm_on: {first: 35, count: 10}\n"),
              HasSubstr("count: expected an integer from 1 to 5"));
  EXPECT_THAT(
      refusal(kNsga2, std::string(kObjectives) + "  choices: {pair: {a: {threshold: 0.5}}}\n"),
      HasSubstr("threshold is set by 'threshold', too"));
}

}  // namespace
}  // namespace airnn::test
