// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "hw/sim/run_failure.h"
#include "sw/campaign/task_graph.h"
#include "sw/campaign/task_maker.h"

namespace airnn {

enum class TaskState {
  open,     ///< not looked at yet
  done,     ///< what it makes is there
  failed,   ///< or one that it builds on
  unneeded  ///< no task that builds on it has any use for it
};

/// How far the tasks of a graph are. What becomes of a task depends on the graph, the maker and the
/// stored files alone, not on the order in which tasks are performed. One thread at a time.
class TaskBoard {
 public:
  /// `ended` is told of each task that is open no longer.
  TaskBoard(const TaskGraph& graph, TaskMaker& maker,
            std::function<void(std::size_t)> ended = nullptr);

  const TaskGraph& graph() const { return graph_; }
  TaskState state(std::size_t task) const { return states_.at(task).state; }
  bool is_open(std::size_t task) const { return state(task) == TaskState::open; }
  /// Open, and nothing that it builds on is.
  bool is_ready(std::size_t task) const;
  /// Of a task that failed.
  const RunFailure& failure(std::size_t task) const { return *states_.at(task).failure; }

  /// Brings a task that is ready to its end: makes it here, unless it is there or of no use.
  /// Exceptions of the maker end the task, not the caller. False if the user wants to stop: the
  /// task stays open. Throws std::logic_error for a task that is not ready.
  bool perform(std::size_t task, unsigned workers);
  /// Brings a task that is ready to its end if nothing is to be made: it is there, of no use, or
  /// what it builds on failed. Else false.
  bool end_without_work(std::size_t task);
  /// A task that failed for a reason that may be gone next time is open again.
  void reopen(std::size_t task);
  /// The same for a task that is ready and that somebody else brought to its end, in the same
  /// folder. Throws std::logic_error for one that is neither there nor of no use nor failed.
  void settle(std::size_t task, const std::optional<RunFailure>& failure);
  /// The user wants to stop, as somebody else heard: perform() does nothing from now on.
  void stop() { stopped_ = true; }

  bool is_stopped() const { return stopped_; }
  bool has_open() const;
  /// The graph has grown: what was of no use may be of use now.
  void grow();

 private:
  struct Entry {
    TaskState state = TaskState::open;
    std::optional<RunFailure> failure;
  };

  const RunFailure* failed_need(const Task& task) const;
  bool is_unneeded(std::size_t number) const;
  void require_ready(std::size_t task) const;
  void end(std::size_t task, TaskState state, std::optional<RunFailure> failure = {});

  const TaskGraph& graph_;
  TaskMaker& maker_;
  std::function<void(std::size_t)> ended_;
  std::vector<Entry> states_;
  bool stopped_ = false;
};

}  // namespace airnn
