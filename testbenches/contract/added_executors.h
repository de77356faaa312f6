// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/campaign/executor/executor.h"
#include "sw/campaign/shared/work_queue.h"
#include "testbenches/support/scratch_folder.h"

namespace airnn::test {

/// Always does the ready task of the highest number, so whatever may come late comes first.
class ReversedExecutor : public Executor {
 public:
  explicit ReversedExecutor(unsigned workers) : workers_(workers) {}
  void run(TaskBoard& board) override;

 private:
  unsigned workers_;
};

/// Does each task in a process of its own, as executors on other machines do: what it makes is
/// found in the folder, and why it failed is sent through a pipe.
class ForkingExecutor : public Executor {
 public:
  explicit ForkingExecutor(unsigned workers) : workers_(workers) {}
  void run(TaskBoard& board) override;

 private:
  unsigned workers_;
};

/// The project's own worker of a shared evaluation, which nobody shares it with.
class LonelyWorker : public Executor {
 public:
  explicit LonelyWorker(unsigned workers);
  void run(TaskBoard& board) override;

 private:
  ScratchFolder folder_{quick_folder()};
  WorkQueue queue_;
  unsigned workers_;
};

/// Broken: does not wait for what a task builds on.
class ImpatientExecutor : public Executor {
 public:
  void run(TaskBoard& board) override;
};

/// Broken: does the first task twice.
class RepeatingExecutor : public Executor {
 public:
  void run(TaskBoard& board) override;
};

/// Broken: leaves out the last task.
class ForgetfulExecutor : public Executor {
 public:
  void run(TaskBoard& board) override;
};

/// Broken: gives up when a task fails.
class DiscouragedExecutor : public Executor {
 public:
  void run(TaskBoard& board) override;
};

/// Broken: says of every task that it was done elsewhere, although nobody did it.
class LyingExecutor : public Executor {
 public:
  void run(TaskBoard& board) override;
};

/// Broken: takes every failure for one of the program.
class BlurringExecutor : public Executor {
 public:
  void run(TaskBoard& board) override;
};

}  // namespace airnn::test
