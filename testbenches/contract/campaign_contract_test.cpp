// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "sw/campaign/campaign.h"
#include "sw/campaign/compile_keys.h"
#include "sw/campaign/evaluation_cost.h"
#include "sw/data/digit_drawer.h"
#include "sw/data/idx_writer.h"
#include "sw/evaluate/experiment_reader.h"
#include "sw/evaluate/point_measures.h"
#include "testbenches/contract/added_searches.h"
#include "testbenches/contract/added_tables.h"
#include "testbenches/contract/search_contract.h"
#include "testbenches/support/file_tree.h"
#include "testbenches/support/onnx_builder.h"
#include "testbenches/support/scratch_folder.h"
#include "testbenches/support/source_path.h"

namespace airnn::test {
namespace {

namespace fs = std::filesystem;

/// Names of files that two folders do not have with the same bytes.
std::vector<std::string> differences(const FileTree& one, const FileTree& other) {
  std::vector<std::string> names;
  for (const auto& [name, bytes] : one) {
    const auto same = other.find(name);
    if (same == other.end() || same->second != bytes) {
      names.push_back(name);
    }
  }
  for (const auto& [name, bytes] : other) {
    if (one.count(name) == 0) {
      names.push_back(name);
    }
  }
  return names;
}

std::size_t seals_in(const std::string& folder) {
  std::size_t seals = 0;
  for (const auto& [name, bytes] : file_tree(folder)) {
    seals += fs::path(name).extension() == ".seal" ? 1 : 0;
  }
  return seals;
}

/// Those that take their points from the experiments' matrices.
std::vector<NamedSearch> listing_searches() {
  std::vector<NamedSearch> searches = added_tables().searches;
  searches.erase(std::remove_if(searches.begin(), searches.end(),
                                [](const NamedSearch& one) { return one.looks_for_points; }),
                 searches.end());
  return searches;
}

/// Keeps what it is told.
class NotingListener : public CampaignListener {
 public:
  void point_failed(const Plan&, std::size_t point, const std::string& message) override {
    told += std::to_string(point) + ": " + message + "\n";
  }
  std::string told;
};

/// Whole evaluations: seven points, of which two share their simulation, one hangs, one has no
/// memory to be compiled for, one cannot be configured, and the inputs of one share batches.
class CampaignContract : public testing::Test {
 protected:
  CampaignContract() {
    write_labelled_set(draw_digits(12, 5), path("digits"));
    OnnxBuilder net;
    net.input("x", {1, 1, 28, 28})
        .flatten()
        .gemm(30, 784)
        .relu()
        .gemm(10, 30)
        .save(path("net.onnx"));
    write("stuck.yaml", "accelerator: " + config("accelerator/default.yaml") +
                            "\nmemory: " + config("memory/flat.yaml") +
                            "\nenergy: " + config("energy/horowitz_han_45nm.yaml") +
                            "\nwatchdog_cycles: 20000\n"
                            "faults: [{kind: stuck_stream, stream: "
                            "buffer_address_calculation.out_placed_0, cycle: 5000}]\n");
    const std::string run = config("run/default.yaml");
    write("e.yaml",
          "title: Some points\nnetworks:\n  net:\n    model: net.onnx"
          "\n    images: digits-images.idx\n    labels: digits-labels.idx\n"
          "matrix:\n"
          "  - {network: net, compile.scheme: [base, iterative], compile.clusters: "
          "2, run: " +
              run +
              "}\n"
              "  - {network: net, compile.clusters: 2, energy: " +
              config("energy/aladdin_40nm.yaml") + ", run: " + run +
              "}\n"
              "  - {network: net, compile.clusters: 2, run: stuck.yaml}\n"
              "  - {network: net, compile.clusters: '2,nolayer=3', run: " +
              run +
              "}\n"
              "  - {network: net, compile.clusters: 2, accelerator.lanes: 0, run: " +
              run +
              "}\n"
              "  - {network: net, compile.clusters: 2, accelerator.inputs_per_batch: 3, run: " +
              run + "}\n");
    suite_ = read_experiments(path("e.yaml"), wrong_matrix_key);
  }

  static std::string config(const std::string& name) { return source_path("configs/") + name; }
  std::string path(const std::string& name) const { return folder_.path() + "/" + name; }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name)) << text;
  }

  CampaignOptions options(const std::string& out) const {
    CampaignOptions options;
    options.out = path(out);
    options.piece_inputs = 5;
    return options;
  }
  CampaignResult run(
      const CampaignOptions& options, const std::function<bool()>& stop = [] { return false; }) {
    NotingListener listener;
    const CampaignTables tables = added_tables();
    CampaignResult result = Campaign(suite_, tables, options, listener, stop).run();
    told_ = listener.told;
    return result;
  }
  /// The folder of an evaluation, which is removed.
  FileTree tree_after(const CampaignOptions& options) {
    run(options);
    FileTree tree = file_tree(options.out);
    fs::remove_all(options.out);
    return tree;
  }
  /// The same of one that is stopped when it has so many seals, and gone on with.
  FileTree tree_after_stop(CampaignOptions options, std::size_t seals) {
    const CampaignResult result = run(options, [&] { return seals_in(options.out) >= seals; });
    EXPECT_TRUE(result.stopped) << options.executor << " after " << seals;
    options.resume = true;
    return tree_after(options);
  }

  ScratchFolder folder_;
  ExperimentSuite suite_;
  std::string told_;  ///< of failures, by the last evaluation
};

TEST_F(CampaignContract, ExecutorAndWorkersDecideNoByte) {
  CampaignOptions options = this->options("out");
  const FileTree due = tree_after(options);
  const std::string due_words = told_;
  EXPECT_GT(due.size(), 10U);
  for (const NamedExecutor& executor : added_tables().executors) {
    for (const unsigned workers : {1U, 3U}) {
      options.executor = executor.name;
      options.workers = workers;
      EXPECT_THAT(differences(tree_after(options), due), testing::IsEmpty())
          << executor.name << " with " << workers;
      EXPECT_EQ(told_, due_words) << executor.name;
    }
  }
  options.piece_inputs = 100;
  EXPECT_THAT(differences(tree_after(options), due), testing::IsEmpty()) << "in one piece";
}

TEST_F(CampaignContract, StoppedAnywhereItGoesOnToTheSameBytes) {
  CampaignOptions options = this->options("out");
  const FileTree due = tree_after(options);
  for (const NamedExecutor& executor : added_tables().executors) {
    options.executor = executor.name;
    for (const std::size_t seals : {0U, 1U, 3U, 6U}) {
      EXPECT_THAT(differences(tree_after_stop(options, seals), due), testing::IsEmpty())
          << executor.name << " after " << seals;
    }
  }
}

/// Sums up the costs of inputs that are done.
class CostListener : public CampaignListener {
 public:
  void advanced(double cost) override { done += cost; }
  double done = 0;
};

TEST_F(CampaignContract, WhatIsStoppedAmidAPieceGoesOnBehindTheInputsThatAreDone) {
  constexpr std::size_t kInputs = 1000;  // a part of a second
  write_labelled_set(draw_digits(kInputs, 6), path("many"));
  write("many.yaml",
        "title: One point\nnetworks:\n  net:\n    model: net.onnx"
        "\n    images: many-images.idx\n    labels: many-labels.idx\n"
        "matrix:\n  - {network: net, compile.clusters: 4, threshold: 1, run: " +
            config("run/default.yaml") + "}\n");
  suite_ = read_experiments(path("many.yaml"), wrong_matrix_key);
  CampaignOptions options = this->options("out");
  options.piece_inputs = kInputs;
  const FileTree due = tree_after(options);
  CostListener listener;
  const CampaignTables tables = added_tables();
  const CampaignResult stopped =
      Campaign(suite_, tables, options, listener, [&] { return listener.done > 0; }).run();
  EXPECT_TRUE(stopped.stopped);
  EXPECT_GT(stopped.work.inputs, 0U);
  ASSERT_LT(stopped.work.inputs, kInputs) << "else the machine was too fast for this test";
  const std::string part = "/0-" + std::to_string(stopped.work.inputs) + ".records";
  std::size_t parts = 0;
  for (const auto& [name, bytes] : file_tree(options.out)) {
    parts += name.find(part) != std::string::npos ? 1 : 0;
  }
  EXPECT_EQ(parts, 2U) << "record and seal";
  options.resume = true;
  const CampaignResult rest = run(options);
  EXPECT_EQ(stopped.work.inputs + rest.work.inputs, kInputs) << "nothing is simulated twice";
  EXPECT_THAT(differences(file_tree(options.out), due), testing::IsEmpty());
}

TEST(InputsOfAPiece, AreFewerOfLargeNetworks) {
  constexpr double kMinute = 60;
  Network network;
  EXPECT_EQ(inputs_in(kMinute, network), 180'000) << "5e5 of 9e10 in a minute";
  Layer layer;
  layer.kind = LayerKind::fully_connected;
  layer.kernels = 100'000;
  layer.columns = 10'000;
  network.layers.push_back(layer);
  EXPECT_EQ(inputs_in(kMinute, network), 89) << "1e9 multiplications and 5e5";
  EXPECT_EQ(inputs_in(kMinute / 2, network), 44);
  network.layers.resize(100, layer);
  EXPECT_EQ(inputs_in(kMinute, network), 1) << "at least";
}

TEST_F(CampaignContract, AFailedTaskFailsItsPointOnlyAndWithItsKind) {
  for (const NamedExecutor& executor : added_tables().executors) {
    CampaignOptions options = this->options(std::string("out-") + executor.name);
    options.executor = executor.name;
    const CampaignResult result = run(options);
    EXPECT_EQ(result.done, 4U) << executor.name;
    std::map<std::size_t, int> codes;
    for (const auto& [point, failure] : result.failures) {
      codes[point] = failure.code;
    }
    const std::map<std::size_t, int> due = {{3, 3}, {4, 2}, {5, 2}};
    EXPECT_EQ(codes, due) << executor.name;
    EXPECT_THAT(result.failures.at(3).message, testing::HasSubstr("watchdog"));
    EXPECT_THAT(result.failures.at(4).message, testing::HasSubstr("nolayer"));
  }
}

TEST_F(CampaignContract, ASearchMeetsTheSamePointsWhateverTheExecutor) {
  const FileTree matrix = tree_after(options("out"));
  for (const NamedSearch& search : listing_searches()) {
    CampaignOptions options = this->options("out");
    options.search = search.name;
    const FileTree due = tree_after(options);
    for (const auto& [name, bytes] : matrix) {
      if (name.rfind("runs/", 0) == 0 || name.rfind("images/", 0) == 0) {
        ASSERT_EQ(due.count(name), 1U) << search.name << " lacks " << name;
        EXPECT_EQ(due.at(name), bytes) << search.name << " " << name;
      }
    }
    options.executor = "reversed";
    options.workers = 2;
    EXPECT_THAT(differences(tree_after(options), due), testing::IsEmpty()) << search.name;
    for (const std::size_t seals : {1U, 4U}) {
      EXPECT_THAT(differences(tree_after_stop(options, seals), due), testing::IsEmpty())
          << search.name << " after " << seals;
    }
  }
}

TEST_F(CampaignContract, SearchesFromOutsideKeepTheContractOfBuiltInOnes) {
  for (const NamedSearch& search : listing_searches()) {
    EXPECT_EQ(broken_rule(search.make, suite_), "") << search.name;
  }
}

template <typename Broken>
std::string rule_that_breaks(const ExperimentSuite& suite) {
  return broken_rule([](const ExperimentSuite& of) { return std::make_unique<Broken>(of); }, suite);
}

TEST_F(CampaignContract, OfSearchesFindsBrokenOnes) {
  EXPECT_EQ(rule_that_breaks<FickleSearch>(suite_), "other points for the same measures");
  EXPECT_EQ(rule_that_breaks<EndlessSearch>(suite_), "a point that was measured already");
  EXPECT_EQ(rule_that_breaks<StraySearch>(suite_), "a point of no experiment");
}

/// Asks for one point after the other, and looks at what is known of those before.
class AskingSearch : public Search {
 public:
  explicit AskingSearch(const ExperimentSuite& suite) : points_(points_of(suite)) {}
  std::vector<ProposedPoint> next(const MeasuredSoFar& measured) override {
    const std::vector<PointMeasures> known = measured();
    EXPECT_EQ(known.size(), asked_);
    for (std::size_t i = 0; i < known.size(); ++i) {
      EXPECT_EQ(known[i].run.has_value(), i < 3 || i == 6) << i;
      EXPECT_EQ(known[i].failure.empty(), i < 3 || i == 6) << i;
      EXPECT_EQ(name_of(known[i].point->settings, "compile.clusters"),
                name_of(points_[i].settings, "compile.clusters"));
    }
    return asked_ == points_.size() ? std::vector<ProposedPoint>()
                                    : std::vector<ProposedPoint>{points_[asked_++]};
  }

 private:
  std::vector<ProposedPoint> points_;
  std::size_t asked_ = 0;
};

TEST_F(CampaignContract, ASearchKnowsWhatWasMeasured) {
  CampaignTables tables;
  tables.searches.push_back({"asking", [](const ExperimentSuite& suite) -> std::unique_ptr<Search> {
                               return std::make_unique<AskingSearch>(suite);
                             }});
  CampaignOptions options = this->options("out");
  options.search = "asking";
  CampaignListener listener;
  Campaign(suite_, tables, options, listener, [] { return false; }).run();
  const FileTree asked = file_tree(options.out);
  fs::remove_all(options.out);
  options.search = "matrix";
  EXPECT_THAT(differences(asked, tree_after(options)), testing::IsEmpty())
      << "the same points in the same order are the same evaluation";
}

TEST_F(CampaignContract, NamesThatNoTableHasAreRefused) {
  CampaignOptions options = this->options("out");
  options.executor = "locl";
  try {
    run(options);
    FAIL() << "no executor has that name";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(
        error.what(),
        "executor: 'locl'; expected local, reversed, forking, shared; did you mean 'local'?");
  }
  EXPECT_FALSE(fs::exists(options.out));
}

}  // namespace
}  // namespace airnn::test
