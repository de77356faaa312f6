// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/executor/shared_executor.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "sw/campaign/lost_attempts.h"

namespace airnn {

namespace {

constexpr std::chrono::milliseconds kShortestPause{50};
constexpr std::chrono::milliseconds kLongestPause{2000};

/// Workers begin at different places, so that they do not all want the same.
std::vector<std::size_t> open_tasks(const TaskBoard& board, std::size_t seed) {
  std::vector<std::size_t> open;
  for (std::size_t task = 0; task < board.graph().size(); ++task) {
    if (board.is_open(task)) {
      open.push_back(task);
    }
  }
  if (!open.empty()) {
    std::rotate(open.begin(), open.begin() + static_cast<std::ptrdiff_t>(seed % open.size()),
                open.end());
  }
  return open;
}

RunFailure loss_of(const WorkerNote& worker) {
  return {FailureKind::killed,
          fmt::format("worker {}{} was lost at work; out of memory?", worker.pid,
                      worker.job.empty() ? "" : " of job " + worker.job),
          worker.host};
}

}  // namespace

void SharedExecutor::run(TaskBoard& board) {
  std::vector<std::size_t> open = open_tasks(board, std::hash<std::string>()(claims_.name()));
  std::chrono::milliseconds pause = kShortestPause;
  while (!open.empty()) {
    bool has_ended = false;
    for (const std::size_t task : open) {
      if (!board.is_open(task)) {
        continue;
      }
      const Visit visited = visit(board, task);
      if (visited == Visit::stopped) {
        return;
      }
      has_ended = has_ended || visited == Visit::ended;
    }
    open.erase(std::remove_if(open.begin(), open.end(),
                              [&](std::size_t task) { return !board.is_open(task); }),
               open.end());
    if (has_ended) {
      pause = kShortestPause;
      continue;
    }
    if (has_enough()) {
      board.stop();
      return;
    }
    claims_.beat();
    std::this_thread::sleep_for(pause);
    pause = std::min(2 * pause, kLongestPause);
  }
}

SharedExecutor::Visit SharedExecutor::visit(TaskBoard& board, std::size_t task) {
  for (const std::size_t need : board.graph().task(task).needs) {
    if (board.is_open(need) && visit(board, need) == Visit::stopped) {
      return Visit::stopped;
    }
  }
  if (!board.is_ready(task)) {
    return Visit::waits;
  }
  if (look(board, task) == Visit::ended) {
    return Visit::ended;
  }
  if (has_enough()) {
    board.stop();
    return Visit::stopped;
  }
  return perform(board, task);
}

/// Whether others brought it to its end.
SharedExecutor::Visit SharedExecutor::look(TaskBoard& board, std::size_t task) const {
  if (board.end_without_work(task)) {
    return Visit::ended;
  }
  if (const std::optional<RunFailure> failure = queue_.failure(board.graph().task(task).key)) {
    board.settle(task, failure);
    return Visit::ended;
  }
  return Visit::waits;
}

SharedExecutor::Visit SharedExecutor::perform(TaskBoard& board, std::size_t task) {
  const Task& wanted = board.graph().task(task);
  const Claims::Taken taken = claims_.take(wanted.key);
  if (taken == Claims::Taken::no) {
    return Visit::waits;
  }
  // It may have been done between the look and the claim.
  Visit visit = look(board, task);
  double cost = 0;
  if (visit == Visit::waits && taken == Claims::Taken::from_dead &&
      fails_after(board, task, loss_of(claims_.victim()))) {
    visit = Visit::ended;
  } else if (visit == Visit::waits) {
    if (!board.perform(task, options_.workers)) {
      visit = Visit::stopped;
    } else if (board.state(task) == TaskState::failed) {
      const RunFailure failure = board.failure(task);
      visit = Visit::ended;
      if (failure.kind != FailureKind::killed) {
        queue_.keep_failure(wanted.key, failure);
      } else {
        board.reopen(task);
        visit = fails_after(board, task, failure) ? Visit::ended : Visit::waits;
      }
    } else {
      visit = Visit::ended;
      cost = options_.cost ? options_.cost(wanted) : 0;
    }
    if (visit == Visit::ended && options_.ended) {
      options_.ended(wanted);
    }
  }
  claims_.release(wanted.key, cost);
  return visit;
}

bool SharedExecutor::fails_after(TaskBoard& board, std::size_t task, const RunFailure& why) const {
  const std::string& key = board.graph().task(task).key;
  const int attempts = queue_.keep_attempt(key, why);
  if (attempts < kMostAttempts) {
    return false;
  }
  const RunFailure failure = failure_after(attempts, why);
  queue_.keep_failure(key, failure);
  board.settle(task, failure);
  return true;
}

void CollectingExecutor::run(TaskBoard& board) {
  bool has_open = false;
  for (std::size_t task = 0; task < board.graph().size(); ++task) {
    if (!board.is_open(task)) {
      continue;
    }
    if (!board.is_ready(task)) {
      // What is there needs nothing; so the rest of an unfinished point is not looked at.
      has_open = true;
    } else if (!board.end_without_work(task)) {
      const std::optional<RunFailure> failure = queue_.failure(board.graph().task(task).key);
      if (failure) {
        board.settle(task, failure);
      } else {
        has_open = true;
      }
    }
  }
  if (has_open) {
    board.stop();
  }
}

}  // namespace airnn
