// SPDX-License-Identifier: Apache-2.0
#include "testbenches/contract/added_executors.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>

#include "sw/campaign/executor/shared_executor.h"
#include "sw/campaign/shared/claims.h"

namespace airnn::test {

namespace {

/// The ready task of the highest number; none: nothing is ready.
std::optional<std::size_t> last_ready(const TaskBoard& board) {
  for (std::size_t task = board.graph().size(); task-- > 0;) {
    if (board.is_ready(task)) {
      return task;
    }
  }
  return {};
}

/// What a child says at its end: nothing if all went well, else a letter for the kind of failure
/// and the message.
std::string answer_of(TaskBoard& board, std::size_t task, unsigned workers) {
  if (!board.perform(task, workers)) {
    return std::string(1, static_cast<char>('a' + static_cast<int>(FailureKind::stopped)));
  }
  if (board.state(task) != TaskState::failed) {
    return "";
  }
  const RunFailure& failure = board.failure(task);
  return static_cast<char>('a' + static_cast<int>(failure.kind)) + failure.message;
}

std::string read_all(int pipe) {
  std::string text;
  char part[4096];
  for (ssize_t count = 0; (count = read(pipe, part, sizeof part)) > 0;) {
    text.append(part, static_cast<std::size_t>(count));
  }
  return text;
}

/// The answer of a child that does the task.
std::string done_apart(TaskBoard& board, std::size_t task, unsigned workers) {
  int ends[2];
  if (pipe(ends) != 0) {
    throw std::runtime_error("no pipe");
  }
  const pid_t child = fork();
  if (child == 0) {
    bool is_sent = false;
    try {
      const std::string answer = answer_of(board, task, workers);
      is_sent = write(ends[1], answer.data(), answer.size()) == static_cast<ssize_t>(answer.size());
    } catch (...) {
      // The exit code says it: nothing of the parent's may be unwound here.
    }
    _exit(is_sent ? 0 : 1);
  }
  close(ends[1]);
  std::string answer = read_all(ends[0]);
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (status != 0) {
    throw std::logic_error("the process that did " + board.graph().task(task).key + " failed");
  }
  return answer;
}

}  // namespace

void ReversedExecutor::run(TaskBoard& board) {
  while (const std::optional<std::size_t> task = last_ready(board)) {
    if (!board.perform(*task, workers_)) {
      return;
    }
  }
}

void ForkingExecutor::run(TaskBoard& board) {
  for (std::size_t task = 0; task < board.graph().size(); ++task) {
    if (!board.is_open(task)) {
      continue;
    }
    const std::string answer = done_apart(board, task, workers_);
    if (answer.empty()) {
      board.settle(task, {});
      continue;
    }
    const auto kind = static_cast<FailureKind>(answer.front() - 'a');
    if (kind == FailureKind::stopped) {
      board.stop();
      return;
    }
    board.settle(task, RunFailure{kind, answer.substr(1)});
  }
}

LonelyWorker::LonelyWorker(unsigned workers) : queue_(folder_.path()), workers_(workers) {
  queue_.open({});
}

void LonelyWorker::run(TaskBoard& board) {
  Claims claims(queue_.folder());
  SharedExecutor(queue_, claims, {workers_, nullptr, nullptr, nullptr}).run(board);
}

void ImpatientExecutor::run(TaskBoard& board) {
  for (std::size_t task = board.graph().size(); task-- > 0;) {
    board.perform(task, 1);
  }
}

void RepeatingExecutor::run(TaskBoard& board) {
  if (!board.perform(0, 1)) {
    return;
  }
  for (std::size_t task = 0; task < board.graph().size(); ++task) {
    if (!board.perform(task, 1)) {
      return;
    }
  }
}

void ForgetfulExecutor::run(TaskBoard& board) {
  for (std::size_t task = 0; task + 1 < board.graph().size(); ++task) {
    if (!board.perform(task, 1)) {
      return;
    }
  }
}

void DiscouragedExecutor::run(TaskBoard& board) {
  for (std::size_t task = 0; task < board.graph().size(); ++task) {
    if (!board.perform(task, 1) || board.state(task) == TaskState::failed) {
      return;
    }
  }
}

void LyingExecutor::run(TaskBoard& board) {
  for (std::size_t task = 0; task < board.graph().size(); ++task) {
    board.settle(task, {});
  }
}

void BlurringExecutor::run(TaskBoard& board) {
  for (std::size_t task = 0; task < board.graph().size(); ++task) {
    const std::string answer = done_apart(board, task, 1);
    board.settle(task, answer.empty() ? std::optional<RunFailure>()
                                      : RunFailure{FailureKind::internal, answer.substr(1)});
  }
}

}  // namespace airnn::test
