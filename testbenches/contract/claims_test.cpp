// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/shared/claims.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "testbenches/support/scratch_folder.h"

namespace airnn::test {
namespace {

namespace fs = std::filesystem;
using Taken = Claims::Taken;

class ClaimsTest : public testing::Test {
 protected:
  std::string claim(const std::string& step) const { return folder_ + "/claims/" + step; }
  /// Nobody said anything for `seconds`.
  static void age(const std::string& file, std::int64_t seconds) {
    struct stat status {};
    ASSERT_EQ(stat(file.c_str(), &status), 0);
    const timespec then{status.st_mtim.tv_sec - seconds, 0};
    const timespec times[] = {then, then};
    ASSERT_EQ(utimensat(AT_FDCWD, file.c_str(), times, 0), 0);
  }
  /// What a worker leaves that is killed while it has the claim.
  void leave_claim_of_dead(const std::string& step) const {
    const pid_t child = fork();
    if (child == 0) {
      Claims claims(folder_);
      claims.take(step);
      raise(SIGKILL);
    }
    waitpid(child, nullptr, 0);
  }

  ScratchFolder scratch_{quick_folder()};
  std::string folder_ = scratch_.path() + "/queue";
};

TEST_F(ClaimsTest, BelongToOneWorker) {
  Claims one(folder_);
  Claims other(folder_);
  EXPECT_EQ(one.take("a.run"), Taken::yes);
  EXPECT_EQ(other.take("a.run"), Taken::no);
  EXPECT_EQ(other.take("b.run"), Taken::yes);
  one.release("a.run", 1);
  EXPECT_EQ(one.take("a.run"), Taken::yes);
  one.release("a.run", 1);
  EXPECT_EQ(other.take("a.run"), Taken::yes);
}

TEST_F(ClaimsTest, OfWorkersThatDieAreTakenOverOnce) {
  leave_claim_of_dead("a.run");
  ASSERT_TRUE(fs::exists(claim("a.run")));
  Claims one(folder_);
  Claims other(folder_);
  EXPECT_EQ(one.take("a.run"), Taken::from_dead);
  EXPECT_GT(one.victim().pid, 0);
  EXPECT_EQ(other.take("a.run"), Taken::no);
}

TEST_F(ClaimsTest, AreStaleAfterTenMinutesOfSilenceByTheTimeOfTheFolder) {
  Claims one(folder_);
  Claims other(folder_);
  ASSERT_EQ(one.take("a.run"), Taken::yes);
  age(claim("a.run"), Claims::kStaleSeconds - 30);
  EXPECT_EQ(other.take("a.run"), Taken::no);
  age(claim("a.run"), Claims::kStaleSeconds + 30);
  EXPECT_EQ(other.take("a.run"), Taken::from_dead);
  one.release("a.run", 0);
  EXPECT_TRUE(fs::exists(claim("a.run"))) << "it is the other's now";
}

TEST_F(ClaimsTest, OfAnEarlierStartOfTheSameJobAreStale) {
  setenv("SLURM_JOB_ID", "17", 1);
  Claims one(folder_);
  ASSERT_EQ(one.take("a.run"), Taken::yes);
  Claims beside(folder_);
  EXPECT_EQ(beside.take("a.run"), Taken::no) << "another task of the same job";
  setenv("SLURM_RESTART_COUNT", "1", 1);
  Claims again(folder_);
  EXPECT_EQ(again.take("a.run"), Taken::from_dead);
  unsetenv("SLURM_JOB_ID");
  unsetenv("SLURM_RESTART_COUNT");
}

TEST_F(ClaimsTest, WhatNobodyCanReadIsAClaimUntilItIsOld) {
  Claims one(folder_);
  std::ofstream(claim("a.run")) << "{";
  EXPECT_EQ(one.take("a.run"), Taken::no);
  age(claim("a.run"), Claims::kStaleSeconds + 1);
  EXPECT_EQ(one.take("a.run"), Taken::from_dead);
}

TEST_F(ClaimsTest, OfADeadWorkerGoToOneOfManyWhoWantIt) {
  for (int round = 0; round < 10; ++round) {
    leave_claim_of_dead("a.run");
    std::vector<pid_t> children;
    for (int i = 0; i < 4; ++i) {
      children.push_back(fork());
      if (children.back() == 0) {
        auto* const claims = new Claims(folder_);  // which is never given up
        for (int tries = 0; tries < 20; ++tries) {
          if (claims->take("a.run") != Taken::no) {
            std::ofstream(scratch_.path() + "/has", std::ios::app) << "x";
            pause();
          }
        }
        pause();
      }
    }
    while (!fs::exists(scratch_.path() + "/has")) {
      usleep(1000);
    }
    usleep(20000);
    for (const pid_t child : children) {
      kill(child, SIGKILL);
      waitpid(child, nullptr, 0);
    }
    EXPECT_EQ(fs::file_size(scratch_.path() + "/has"), 1U);
    fs::remove_all(folder_);
    fs::remove(scratch_.path() + "/has");
  }
}

TEST_F(ClaimsTest, TellWhoIsAlive) {
  leave_claim_of_dead("a.run");
  Claims one(folder_);
  one.take("b.run");
  EXPECT_EQ(Claims::workers(folder_).size(), 2U);
  const std::vector<WorkerNote> alive = Claims::alive(folder_);
  ASSERT_EQ(alive.size(), 1U);
  EXPECT_EQ(alive[0].pid, getpid());
  EXPECT_EQ(alive[0].step, "b.run");
  age(one.name(), Claims::kStaleSeconds + 30);
  EXPECT_TRUE(Claims::alive(folder_).empty());
}

}  // namespace
}  // namespace airnn::test
