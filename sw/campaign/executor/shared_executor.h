// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

#include "sw/campaign/executor/executor.h"
#include "sw/campaign/shared/claims.h"
#include "sw/campaign/shared/work_queue.h"

namespace airnn {

/// One of several processes that do the tasks of an evaluation together: it takes the first task
/// whose needs are there and which nobody has, and finds what others did in the folder. It ends
/// when all tasks are at their end, by whomever.
class SharedExecutor : public Executor {
 public:
  struct Options {
    unsigned workers = 1;
    /// True: no task is begun any more.
    std::function<bool()> has_enough;
    /// Of a task, for who wants to know how much is done.
    std::function<double(const Task&)> cost;
    /// Told of each task that was done here, or failed here.
    std::function<void(const Task&)> ended;
  };

  /// All must live as long.
  SharedExecutor(const WorkQueue& queue, Claims& claims, Options options)
      : queue_(queue), claims_(claims), options_(std::move(options)) {}
  void run(TaskBoard& board) override;

 private:
  enum class Visit { ended, waits, stopped };

  Visit visit(TaskBoard& board, std::size_t task);
  Visit look(TaskBoard& board, std::size_t task) const;
  Visit perform(TaskBoard& board, std::size_t task);
  /// An attempt came to nothing; true: it was the last.
  bool fails_after(TaskBoard& board, std::size_t task, const RunFailure& why) const;
  bool has_enough() const { return options_.has_enough && options_.has_enough(); }

  const WorkQueue& queue_;
  Claims& claims_;
  Options options_;
};

/// Does nothing itself: tells the board what others did. What is left open is a stop.
class CollectingExecutor : public Executor {
 public:
  explicit CollectingExecutor(const WorkQueue& queue) : queue_(queue) {}
  void run(TaskBoard& board) override;

 private:
  const WorkQueue& queue_;
};

}  // namespace airnn
