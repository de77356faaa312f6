// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "sw/format/errors.h"
#include "sw/format/output_file.h"
#include "testbenches/support/scratch_folder.h"

namespace airnn {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

const std::string kImage(32, 'a');
const std::string kRuns[] = {std::string(32, '0'), std::string(32, '1')};

class Merge : public testing::Test {
 protected:
  Merge() : folder_(scratch_.path()) {
    plan_.version = "1";
    plan_.sources = "as they are";
    plan_.experiments.emplace_back();
    for (const std::string& run : kRuns) {
      plan_.points.emplace_back();
      plan_.points.back().image_key = kImage;
      plan_.points.back().run_key = run;
    }
  }
  std::string in(const std::string& name) const { return folder_ + "/" + name; }

  /// A finished folder that has the image and some runs, whose files hold `bytes`.
  std::string shard(const std::string& name, const std::vector<std::string>& runs,
                    const std::string& bytes = "same", const PointFailures& failures = {}) const {
    EvaluationFolder folder(in(name), false, plan_.program());
    folder.begin(plan_);
    std::vector<SealedFiles> steps{folder.layout().image(kImage)};
    for (const std::string& run : runs) {
      steps.push_back(folder.layout().run(run));
    }
    for (const SealedFiles& step : steps) {
      folder.make_place(step);
      for (const std::string& file : step.files) {
        write_file(step.path(file), &step == steps.data() ? "image" : bytes);
      }
      write_seal(step);
    }
    write_failures(in(name), failures);
    write_file(evaluation_file(in(name)), "{}");
    write_file(points_file(in(name)), "");
    folder.finish(plan_);
    return in(name);
  }
  MergedPoints merge(const std::vector<std::string>& folders, bool resume = false) const {
    const Plan plan = common_plan(folders);
    check_agreement(plan, folders);
    EvaluationFolder out(in("out"), resume, plan.program());
    check_agreement(plan, folders, out);
    out.begin(plan);
    return merge_folders(plan, folders, out);
  }
  std::string refusal(const std::vector<std::string>& folders, bool resume = false) const {
    try {
      merge(folders, resume);
    } catch (const UserError& error) {
      return error.what();
    }
    return "accepted";
  }

  test::ScratchFolder scratch_{test::quick_folder()};  // each file is synchronised
  std::string folder_;
  Plan plan_;
};

TEST_F(Merge, TakesWhatEachFolderHas) {
  const MergedPoints merged = merge({shard("a", {kRuns[0]}), shard("b", {kRuns[1]})});
  EXPECT_EQ(merged.missing, 0U);
  const EvaluationLayout out(in("out"), plan_.program());
  for (const SealedFiles& step : out.steps(plan_)) {
    EXPECT_FALSE(fault_of(step).has_value()) << fault_of(step)->text();
  }
}

TEST_F(Merge, RefusesDifferentBytesOfTheSameStepWithBothNames) {
  const std::string a = shard("a", {kRuns[0], kRuns[1]});
  const std::string b = shard("b", {kRuns[1]}, "other");
  EXPECT_THAT(refusal({a, b}),
              AllOf(HasSubstr(a + "/runs/11/" + kRuns[1]), HasSubstr(b + "/runs/11/" + kRuns[1]),
                    HasSubstr("results.json")));
  EXPECT_FALSE(fs::exists(in("out"))) << "found out before anything is written";
  EXPECT_EQ(refusal({a, shard("c", {kRuns[1]})}), "accepted") << "the same bytes twice";
}

TEST_F(Merge, ComparesWithWhatTheOutputFolderHas) {
  shard("out", {kRuns[0]}, "other");
  const std::string a = shard("a", {kRuns[0], kRuns[1]});
  EXPECT_THAT(refusal({a}, true), AllOf(HasSubstr(a), HasSubstr(in("out") + "/runs")));
  // What is damaged there is no contradiction; it is made again.
  write_file(in("out") + "/runs/00/" + kRuns[0] + "/counts.csv", "damaged");
  EXPECT_EQ(refusal({a}, true), "accepted");
}

TEST_F(Merge, RefusesDifferentFailuresOfTheSamePoint) {
  const std::string a = shard("a", {}, "", {{1, {2, "one reason"}}});
  const std::string b = shard("b", {}, "", {{1, {2, "another"}}});
  EXPECT_THAT(refusal({a, b}), AllOf(HasSubstr(a), HasSubstr(b), HasSubstr("point 1")));
  EXPECT_EQ(refusal({a, shard("c", {}, "", {{1, {2, "one reason"}}})}), "accepted");
}

TEST_F(Merge, WhatBefellAMachineContradictsNothing) {
  const std::string a = shard("a", {}, "", {{0, {2, "killed", "n1"}}, {1, {2, "killed", "n1"}}});
  const std::string b = shard("b", {}, "", {{0, {2, "killed, too", "n2"}}, {1, {3, "P3"}}});
  for (const std::vector<std::string>& order : {std::vector{a, b}, std::vector{b, a}}) {
    const PointFailures failures = merge(order).failures;
    EXPECT_EQ(failures.at(0).message, order[0] == a ? "killed" : "killed, too");
    EXPECT_EQ(failures.at(1).message, "P3") << "what is known of the point";
    EXPECT_EQ(read_failures(in("out")).at(0).host, order[0] == a ? "n1" : "n2");
    fs::remove_all(in("out"));
  }
}

TEST_F(Merge, APointThatFailedKeepsItsFailureThoughItsImageIsThere) {
  plan_.points[1].run_key.clear();  // its configuration is wrong
  const MergedPoints merged = merge({shard("a", {kRuns[0]}, "same", {{1, {2, "wrong"}}})});
  EXPECT_EQ(merged.failures.count(1), 1U);
  EXPECT_EQ(merged.missing, 0U);
}

TEST_F(Merge, RefusesOtherProgramsExperimentsAndUnfinishedFolders) {
  const std::string a = shard("a", {kRuns[0]});
  plan_.title = "another";
  const std::string b = shard("b", {kRuns[1]});
  EXPECT_THAT(refusal({a, b}), AllOf(HasSubstr(a), HasSubstr(b), HasSubstr("another experiment")));
  plan_.version = "2";
  const std::string c = shard("c", {kRuns[1]});
  EXPECT_THAT(refusal({b, c}), AllOf(HasSubstr(b), HasSubstr(c), HasSubstr("airnn 2")));
  plan_.sources = "changed";
  const std::string d = shard("d", {kRuns[1]});
  EXPECT_THAT(refusal({c, d}), AllOf(HasSubstr(c), HasSubstr(d), HasSubstr("sources changed")));
  fs::remove(c + "/evaluation.seal");
  EXPECT_THAT(refusal({c}), HasSubstr("has not finished it"));
}

}  // namespace
}  // namespace airnn
