// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/evaluation_folder.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "sw/evaluate/plan.h"
#include "sw/format/errors.h"

namespace airnn {
namespace {

namespace fs = std::filesystem;

class EvaluationFolderTest : public testing::Test {
 protected:
  EvaluationFolderTest()
      : path_((fs::path(testing::TempDir()) /
               (std::string("airnn-") +
                testing::UnitTest::GetInstance()->current_test_info()->name()))
                  .string()) {
    fs::remove_all(path_);
  }
  ~EvaluationFolderTest() override { fs::remove_all(path_); }

  std::string path_;
};

TEST_F(EvaluationFolderTest, TakesOnlyAnEmptyFolderUnlessItGoesOn) {
  { EvaluationFolder first(path_, false); }
  EXPECT_THROW(EvaluationFolder(path_, false), UserError) << "its own folders are there";
  EXPECT_NO_THROW(EvaluationFolder(path_, true));
}

TEST_F(EvaluationFolderTest, LeavesOtherPeoplesFilesAlone) {
  fs::create_directories(path_ + "/scraps");
  write_text_file(path_ + "/thesis.partial.txt", "mine");
  write_text_file(path_ + "/thesis.txt", "mine");
  EXPECT_THROW(EvaluationFolder(path_, true), UserError);
  EXPECT_TRUE(fs::exists(path_ + "/thesis.partial.txt"));
}

TEST_F(EvaluationFolderTest, BelongsToOneProcess) {
  EvaluationFolder mine(path_, false);
  const pid_t child = fork();
  if (child == 0) {
    try {
      EvaluationFolder(path_, true);
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
  { EvaluationFolder first(path_, false); }
  write_text_file(plan_file(path_), plan_text({}));
  write_text_file(path_ + "/images/x.airnn.partial.77", "half");
  write_text_file(path_ + "/images/y.airnn", "whole");
  EvaluationFolder again(path_, true);
  EXPECT_FALSE(fs::exists(path_ + "/images/x.airnn.partial.77"));
  EXPECT_TRUE(fs::exists(path_ + "/images/y.airnn"));
}

TEST_F(EvaluationFolderTest, ARunIsThereWithItsLastFile) {
  EvaluationFolder folder(path_, false);
  fs::create_directories(folder.run("key"));
  write_text_file(folder.run("key") + "/results.json", "{}");
  EXPECT_FALSE(folder.has_run("key"));
  write_text_file(folder.run("key") + "/counts.csv", "");
  EXPECT_TRUE(folder.has_run("key"));
}

TEST_F(EvaluationFolderTest, KeepsFailures) {
  EvaluationFolder folder(path_, false);
  write_failures(path_, {{3, {2, "a, \"b\""}}, {5, {3, "c"}}});
  const PointFailures failures = read_failures(path_);
  ASSERT_EQ(failures.size(), 2U);
  EXPECT_EQ(failures.at(3).message, "a, \"b\"");
  EXPECT_EQ(failures.at(5).code, 3);
}

}  // namespace
}  // namespace airnn
