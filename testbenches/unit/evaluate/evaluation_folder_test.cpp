// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/evaluation_folder.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "sw/evaluate/merge.h"
#include "sw/evaluate/plan.h"
#include "sw/evaluate/point_failures.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"
#include "testbenches/support/damage.h"
#include "testbenches/support/scratch_folder.h"

namespace airnn {
namespace {

namespace fs = std::filesystem;

class EvaluationFolderTest : public testing::Test {
 protected:
  EvaluationFolderTest() : path_(scratch_.path() + "/out") {}
  test::ScratchFolder scratch_{test::quick_folder()};  // each file is synchronised
  std::string path_;
};

constexpr const char* kKey = "0123456789abcdef0123456789abcdef";
constexpr const char* kProgram = "airnn 1";

/// A plan of one run, and its images.
Plan small_plan() {
  Plan plan;
  plan.version = "1";
  plan.experiments.emplace_back();
  plan.points.emplace_back();
  plan.points[0].image_key = kKey;
  plan.points[0].run_key = kKey;
  return plan;
}

/// All steps of the plan, with bytes that nobody looks at, and what describes the whole.
void fill(EvaluationFolder& folder, const Plan& plan, const std::string& bytes = "bytes") {
  folder.begin(plan);
  for (const SealedFiles& step : folder.layout().steps(plan)) {
    folder.make_place(step);
    for (const std::string& name : step.files) {
      write_file(step.path(name), bytes);
    }
    write_seal(step);
  }
  write_failures(folder.path(), {});
  write_file(evaluation_file(folder.path()), "{}");
  write_file(points_file(folder.path()), "point\n");
  folder.finish(plan);
}

TEST_F(EvaluationFolderTest, TakesOnlyAnEmptyFolderUnlessItGoesOn) {
  {
    EvaluationFolder first(path_, false, kProgram);
    first.begin(small_plan());
  }
  EXPECT_THROW(EvaluationFolder(path_, false, kProgram), UserError) << "its plan is there";
  EXPECT_NO_THROW(EvaluationFolder(path_, true, kProgram));
}

TEST_F(EvaluationFolderTest, LeavesNothingBehindBeforeItBegins) {
  { EvaluationFolder first(path_, false, kProgram); }
  EXPECT_TRUE(fs::is_empty(path_));
}

TEST_F(EvaluationFolderTest, LeavesOtherPeoplesFilesAlone) {
  fs::create_directories(path_ + "/scraps");
  write_file(path_ + "/thesis.partial.txt", "mine");
  write_file(path_ + "/thesis.txt", "mine");
  EXPECT_THROW(EvaluationFolder(path_, true, kProgram), UserError);
  EXPECT_TRUE(fs::exists(path_ + "/thesis.partial.txt"));
  fs::remove_all(path_);
  fs::create_directories(path_ + "/images");
  write_file(path_ + "/images/holidays.png", "mine");
  EXPECT_THROW(EvaluationFolder(path_, true, kProgram), UserError) << "images are no evaluation";
}

TEST_F(EvaluationFolderTest, LeavesOtherPeoplesFilesInAnEvaluationAlone) {
  const std::vector<std::string> foreign = {"/notes.txt",
                                            "/a.partial.1",
                                            "/images/holiday.partial.12",
                                            "/images/x.json",
                                            "/runs/notes/mine.txt",
                                            "/scraps/mine",
                                            "/scraps/x.records",
                                            "/scraps/01/mine/1-2.records"};
  {
    EvaluationFolder folder(path_, false, kProgram);
    fill(folder, small_plan());
  }
  for (const std::string& name : foreign) {
    fs::create_directories(fs::path(path_ + name).parent_path());
    write_file(path_ + name, "mine");
  }
  EvaluationFolder folder(path_, true, kProgram);
  EXPECT_TRUE(folder.begin(small_plan()).empty());
  folder.remove_scraps();
  for (const std::string& name : foreign) {
    EXPECT_TRUE(fs::exists(path_ + name)) << name;
  }
}

TEST_F(EvaluationFolderTest, BelongsToOneProcess) {
  EvaluationFolder mine(path_, false, kProgram);
  const pid_t child = fork();
  if (child == 0) {
    try {
      EvaluationFolder(path_, true, kProgram);
      _exit(0);
    } catch (const UserError&) {
      _exit(7);
    }
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 7);
}

TEST_F(EvaluationFolderTest, RemovesWhatAKilledProcessLeft) {
  {
    EvaluationFolder first(path_, false, kProgram);
    fill(first, small_plan());
  }
  const std::string image = path_ + "/images/01/" + kKey + ".airnn";
  write_file(image + ".partial.n-1.77-77", "half");
  write_file(path_ + "/plan.json.partial.n-1.77-77", "half");
  write_file(path_ + "/runs/01/" + kKey + "/results.json.partial.n-1.77-77", "half");
  EvaluationFolder again(path_, true, kProgram);
  EXPECT_FALSE(fs::exists(image + ".partial.n-1.77-77"));
  EXPECT_FALSE(fs::exists(path_ + "/plan.json.partial.n-1.77-77"));
  EXPECT_FALSE(fs::exists(path_ + "/runs/01/" + kKey + "/results.json.partial.n-1.77-77"));
  EXPECT_TRUE(fs::exists(image));
}

TEST_F(EvaluationFolderTest, AStepIsThereWithItsSeal) {
  EvaluationFolder folder(path_, false, kProgram);
  folder.begin(small_plan());
  const SealedFiles run = folder.layout().run(kKey);
  folder.make_place(run);
  for (const std::string& name : run.files) {
    write_file(run.path(name), "");
  }
  EXPECT_FALSE(folder.has(run));
  write_seal(run);
  EXPECT_TRUE(folder.has(run));
}

TEST_F(EvaluationFolderTest, KnowsItselfAndRemovesWhatIsDamagedWhicheverFileItIs) {
  const Plan plan = small_plan();
  const std::string due = path_ + "-due";
  fs::remove_all(due);
  {
    EvaluationFolder folder(due, false, kProgram);
    fill(folder, plan);
  }
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(due)) {
    if (entry.is_regular_file()) {
      files.push_back(fs::relative(entry.path(), due).string());
    }
  }
  EXPECT_EQ(files.size(), 5U + 3U + 4U);
  for (const std::string& name : files) {
    for (const test::Damage& damage : test::damages()) {
      SCOPED_TRACE(name + " " + damage.name);
      fs::remove_all(path_);
      fs::copy(due, path_, fs::copy_options::recursive);
      const std::string file = path_ + "/" + name;
      damage.apply(file);
      EXPECT_THROW(require_whole(path_), UserError);
      EvaluationFolder folder(path_, true, kProgram);
      const std::vector<FileFault> faults = folder.begin(plan);
      if (name != EvaluationLayout::kSeal || std::string(damage.name) != "removed") {
        ASSERT_EQ(faults.size(), 1U);
        EXPECT_EQ(faults[0].path, file);
      }
      for (const SealedFiles& step : folder.layout().steps(plan)) {
        EXPECT_EQ(folder.has(step), file.rfind(step.folder + "/", 0) != 0) << step.content;
      }
    }
  }
  fs::remove_all(due);
}

TEST_F(EvaluationFolderTest, DamagedScrapsAreNotUsed) {
  for (const char* part : {"", ".seal"}) {
    for (const test::Damage& damage : test::damages()) {
      SCOPED_TRACE(std::string(damage.name) + part);
      fs::remove_all(path_);
      SealedFiles records;
      {
        EvaluationFolder folder(path_, false, kProgram);
        folder.begin(small_plan());
        records = folder.layout().records(kKey, {2000, 500});
        const SealedFiles predictions = folder.layout().predictions(kKey, kKey, {0, 10});
        for (const SealedFiles& step : {records, predictions}) {
          folder.make_place(step);
          write_file(step.path(step.files[0]), "bytes");
          write_seal(step);
        }
      }
      damage.apply(records.path(records.files[0] + part));
      EvaluationFolder folder(path_, true, kProgram);
      folder.begin(small_plan());
      EXPECT_FALSE(folder.has(records));
      EXPECT_TRUE(folder.has(folder.layout().predictions(kKey, kKey, {0, 10})));
      folder.remove_scraps();
      EXPECT_FALSE(fs::exists(path_ + "/scraps"));
    }
  }
}

TEST_F(EvaluationFolderTest, AFolderKilledBeforeAnythingWasFinishedIsKnownByItsLock) {
  {
    EvaluationFolder folder(path_, false, kProgram);
    folder.begin(small_plan());
    fs::copy(path_ + "/.lock", path_ + "/lock");
  }
  fs::rename(path_ + "/lock", path_ + "/.lock");
  write_file(plan_file(path_), "{");
  EXPECT_NO_THROW(EvaluationFolder(path_, true, kProgram));
}

TEST_F(EvaluationFolderTest, ChecksThatStepsAreOfThisProgram) {
  {
    EvaluationFolder folder(path_, false, kProgram);
    fill(folder, small_plan());
  }
  EvaluationFolder folder(path_, true, "airnn 2");
  EXPECT_EQ(folder.begin(small_plan()).size(), 2U);
  EXPECT_FALSE(folder.has(folder.layout().run(kKey)));
}

TEST_F(EvaluationFolderTest, RefusesEvaluationsWithoutChecksums) {
  fs::create_directories(path_);
  std::string plan = plan_text(small_plan());
  plan.replace(plan.find(kPlanSchema), std::string(kPlanSchema).size(), kPlanSchemaWithoutSeals);
  write_file(plan_file(path_), plan);
  try {
    EvaluationFolder(path_, true, kProgram);
    FAIL() << "accepted";
  } catch (const UserError& error) {
    EXPECT_NE(std::string(error.what()).find("wrote no checksums"), std::string::npos)
        << error.what();
  }
  EXPECT_THROW(common_plan({path_}), UserError);
}

TEST_F(EvaluationFolderTest, KeepsFailures) {
  EvaluationFolder folder(path_, false, kProgram);
  write_failures(path_, {{3, {2, "a, \"b\""}}, {5, {3, "c"}}});
  const PointFailures failures = read_failures(path_);
  ASSERT_EQ(failures.size(), 2U);
  EXPECT_EQ(failures.at(3).message, "a, \"b\"");
  EXPECT_EQ(failures.at(5).code, 3);
}

}  // namespace
}  // namespace airnn
