// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/executor/shared_executor.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "testbenches/support/scratch_folder.h"

namespace airnn::test {
namespace {

namespace fs = std::filesystem;

/// Makes a file per task, and a line in `log` each time it is asked to.
class LoggingMaker : public TaskMaker {
 public:
  explicit LoggingMaker(std::string folder) : folder_(std::move(folder)) {}

  bool has(const Task& task) const override { return fs::exists(folder_ + "/" + task.key); }
  void make(const Task& task, unsigned) override {
    std::ofstream(folder_ + "/log", std::ios::app) << task.key + "\n" << std::flush;
    usleep(2000);
    if (task.key == killed_) {
      throw RunError({FailureKind::killed, "worker process was killed", "n1"});
    }
    if (task.key == wrong_) {
      throw RunError({FailureKind::rule, "P3"});
    }
    std::ofstream(folder_ + "/" + task.key) << "";
  }
  void fail(const std::string& killed, const std::string& wrong) {
    killed_ = killed;
    wrong_ = wrong;
  }
  std::map<std::string, int> made() const {
    std::map<std::string, int> times;
    std::ifstream log(folder_ + "/log");
    for (std::string line; std::getline(log, line);) {
      ++times[line];
    }
    return times;
  }

 private:
  std::string folder_;
  std::string killed_;
  std::string wrong_;
};

class SharedExecutorTest : public testing::Test {
 protected:
  SharedExecutorTest() : queue_(scratch_.path()), maker_(scratch_.path()) {
    queue_.open({});
    // One large run of many pieces, and small ones.
    const std::size_t image = graph_.add({TaskKind::image, "i", 0, {}, {}});
    std::vector<std::size_t> needs{image};
    for (std::int64_t i = 0; i < 30; ++i) {
      needs.push_back(graph_.add({TaskKind::piece, "p" + std::to_string(i), 0, {i, 1}, {image}}));
    }
    graph_.add({TaskKind::measures, "r", 0, {}, needs});
    for (int i = 0; i < 10; ++i) {
      graph_.add({TaskKind::image, "j" + std::to_string(i), 1, {}, {}});
    }
  }

  void work(TaskBoard& board) {
    Claims claims(queue_.folder());
    SharedExecutor(queue_, claims, {}).run(board);
  }
  /// So many processes at once; each ends with 0 if its board came to the end.
  void work_together(int workers) {
    std::vector<pid_t> children;
    for (int i = 0; i < workers; ++i) {
      children.push_back(fork());
      if (children.back() == 0) {
        int code = 1;
        try {
          TaskBoard board(graph_, maker_);
          work(board);
          code = board.has_open() ? 1 : 0;
        } catch (...) {
          code = 2;
        }
        _exit(code);
      }
    }
    for (const pid_t child : children) {
      int status = 0;
      waitpid(child, &status, 0);
      EXPECT_EQ(status, 0);
    }
  }

  ScratchFolder scratch_{quick_folder()};
  WorkQueue queue_;
  LoggingMaker maker_;
  TaskGraph graph_;
};

TEST_F(SharedExecutorTest, SixWorkersDoEveryTaskOnce) {
  work_together(6);
  const std::map<std::string, int> made = maker_.made();
  EXPECT_EQ(made.size(), graph_.size());
  for (const auto& [key, times] : made) {
    EXPECT_EQ(times, 1) << key;
  }
  EXPECT_TRUE(fs::is_empty(queue_.folder() + "/claims"));
  EXPECT_TRUE(fs::is_empty(queue_.folder() + "/workers"));
}

TEST_F(SharedExecutorTest, AFailureIsFoundOnceAndKnownToAll) {
  maker_.fail("", "p7");
  work_together(4);
  EXPECT_EQ(maker_.made().at("p7"), 1);
  EXPECT_EQ(maker_.made().count("r"), 0U);
  TaskBoard board(graph_, maker_);
  CollectingExecutor(queue_).run(board);
  EXPECT_FALSE(board.is_stopped());
  EXPECT_EQ(board.failure(31).message, "P3") << "of the results that build on it";
}

TEST_F(SharedExecutorTest, ALostAttemptIsTriedThreeTimes) {
  maker_.fail("p7", "");
  work_together(3);
  EXPECT_EQ(maker_.made().at("p7"), 3);
  ASSERT_TRUE(queue_.failure("p7").has_value());
  EXPECT_EQ(queue_.failure("p7")->kind, FailureKind::killed);
  EXPECT_EQ(queue_.failure("p7")->message,
            "3 attempts came to nothing, the last so: worker process was killed");
  EXPECT_EQ(queue_.failure("p7")->host, "n1");
  queue_.forget_failures();
  maker_.fail("", "");
  work_together(2);
  EXPECT_EQ(maker_.made().at("p7"), 4);
  EXPECT_EQ(maker_.made().at("r"), 1);
}

TEST_F(SharedExecutorTest, ATaskThatKillsItsWorkersFailsInTheEnd) {
  for (int i = 0; i < 3; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      auto* const claims = new Claims(queue_.folder());
      while (claims->take("i") == Claims::Taken::no) {
      }
      if (i > 0) {
        queue_.keep_attempt("i", {FailureKind::killed, "as the executor does for the one before"});
      }
      _exit(0);  // as if killed: nothing is given up
    }
    waitpid(child, nullptr, 0);
  }
  TaskBoard board(graph_, maker_);
  work(board);
  EXPECT_EQ(maker_.made().count("i"), 0U);
  ASSERT_EQ(board.state(0), TaskState::failed);
  EXPECT_NE(board.failure(0).message.find("was lost at work; out of memory?"), std::string::npos)
      << board.failure(0).message;
}

TEST_F(SharedExecutorTest, WhoHasEnoughBeginsNothingMore) {
  TaskBoard board(graph_, maker_);
  Claims claims(queue_.folder());
  int tasks = 0;
  SharedExecutor::Options options;
  options.ended = [&](const Task&) { ++tasks; };
  options.has_enough = [&] { return tasks == 3; };
  SharedExecutor(queue_, claims, options).run(board);
  EXPECT_TRUE(board.is_stopped());
  EXPECT_EQ(maker_.made().size(), 3U);
}

TEST_F(SharedExecutorTest, ACollectorStopsWhereWorkIsLeft) {
  TaskBoard before(graph_, maker_);
  CollectingExecutor(queue_).run(before);
  EXPECT_TRUE(before.is_stopped());
  EXPECT_TRUE(maker_.made().empty());
  work_together(1);
  TaskBoard after(graph_, maker_);
  CollectingExecutor(queue_).run(after);
  EXPECT_FALSE(after.is_stopped());
}

}  // namespace
}  // namespace airnn::test
