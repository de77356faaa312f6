// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/task_board.h"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <utility>

namespace airnn {

TaskBoard::TaskBoard(const TaskGraph& graph, TaskMaker& maker,
                     std::function<void(std::size_t)> ended)
    : graph_(graph), maker_(maker), ended_(std::move(ended)), states_(graph.size()) {}

bool TaskBoard::is_ready(std::size_t task) const {
  const std::vector<std::size_t>& needs = graph_.task(task).needs;
  return is_open(task) && std::none_of(needs.begin(), needs.end(),
                                       [this](std::size_t need) { return is_open(need); });
}

void TaskBoard::require_ready(std::size_t task) const {
  if (!is_ready(task)) {
    throw std::logic_error(
        "task " + graph_.task(task).key +
        (is_open(task) ? " is to be done before what it builds on" : " is to be done twice"));
  }
}

bool TaskBoard::perform(std::size_t task, unsigned workers) {
  require_ready(task);
  if (stopped_) {
    return false;
  }
  if (end_without_work(task)) {
    return true;
  }
  std::optional<RunFailure> failure;
  try {
    maker_.make(graph_.task(task), workers);
  } catch (...) {
    failure = failure_of(std::current_exception());
  }
  if (failure && failure->kind == FailureKind::stopped) {
    stopped_ = true;
    return false;
  }
  end(task, failure ? TaskState::failed : TaskState::done, failure);
  return true;
}

bool TaskBoard::end_without_work(std::size_t task) {
  require_ready(task);
  const Task& wanted = graph_.task(task);
  if (const RunFailure* earlier = failed_need(wanted)) {
    end(task, TaskState::failed, *earlier);
  } else if (maker_.has(wanted)) {
    end(task, TaskState::done);
  } else if (is_unneeded(task)) {
    end(task, TaskState::unneeded);
  } else {
    return false;
  }
  return true;
}

void TaskBoard::reopen(std::size_t task) {
  if (state(task) != TaskState::failed) {
    throw std::logic_error("task " + graph_.task(task).key + " did not fail, and is opened again");
  }
  states_[task] = {};
}

void TaskBoard::settle(std::size_t task, const std::optional<RunFailure>& failure) {
  require_ready(task);
  const Task& ended = graph_.task(task);
  if (!failure && !failed_need(ended) && !maker_.has(ended) && !is_unneeded(task)) {
    throw std::logic_error("task " + ended.key + " is said to be done, and is not there");
  }
  const RunFailure* earlier = failed_need(ended);
  end(task, earlier != nullptr || failure ? TaskState::failed : TaskState::done,
      earlier != nullptr ? *earlier : failure);
}

bool TaskBoard::has_open() const {
  return std::any_of(states_.begin(), states_.end(),
                     [](const Entry& entry) { return entry.state == TaskState::open; });
}

void TaskBoard::grow() {
  for (Entry& entry : states_) {
    if (entry.state == TaskState::unneeded) {
      entry.state = TaskState::open;
    }
  }
  states_.resize(graph_.size());
}

/// Results that are there need their image only, which is shown with them.
const RunFailure* TaskBoard::failed_need(const Task& task) const {
  for (const std::size_t need : task.needs) {
    // What is there is looked for in files, so only behind a failure.
    if (state(need) == TaskState::failed &&
        (graph_.task(need).kind == TaskKind::image || !maker_.has(task))) {
      return &failure(need);
    }
  }
  return nullptr;
}

/// A task is of no use to one that is there, or that fails whatever comes of it: one that it builds
/// on, and that comes before, failed. So the failure that is reported is the same in any order.
bool TaskBoard::is_unneeded(std::size_t number) const {
  const std::vector<std::size_t>& users = graph_.users(number);
  return !users.empty() && graph_.task(number).kind != TaskKind::image &&
         std::all_of(users.begin(), users.end(), [&](std::size_t user) {
           const std::vector<std::size_t>& needs = graph_.task(user).needs;
           const auto self = std::find(needs.begin(), needs.end(), number);
           return maker_.has(graph_.task(user)) ||
                  std::any_of(needs.begin(), self, [this](std::size_t need) {
                    return state(need) == TaskState::failed;
                  });
         });
}

void TaskBoard::end(std::size_t task, TaskState state, std::optional<RunFailure> failure) {
  states_[task] = {state, std::move(failure)};
  if (ended_) {
    ended_(task);
  }
}

}  // namespace airnn
