// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/workers/worker_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <utility>

#include "sw/format/errors.h"
#include "sw/format/resource_error.h"
#include "sw/results/coverage/coverage_file.h"
#include "sw/results/record_codec.h"

namespace airnn {

namespace {

constexpr std::array<int, 3> kStopSignals = {SIGINT, SIGTERM, SIGHUP};
/// Exit code of a worker that lacks the memory to say so.
constexpr int kNoMemory = 12;

SharedStop* stop_of_this_worker = nullptr;

void want_stop(int) {
  stop_of_this_worker->want(SharedStop::after_inputs);
}

/// Signals wait while a process is between two ways of handling them.
class HeldSignals {
 public:
  HeldSignals() {
    sigset_t all;
    sigemptyset(&all);
    for (const int signal : kStopSignals) {
      sigaddset(&all, signal);
    }
    pthread_sigmask(SIG_BLOCK, &all, &before_);
  }
  ~HeldSignals() { release(); }
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;

  void release() const { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

void handle_signals(SharedStop& stop) {
  stop_of_this_worker = &stop;
  for (const int signal : kStopSignals) {
    struct sigaction action {};
    sigaction(signal, nullptr, &action);
    if (action.sa_handler != SIG_IGN) {  // nohup
      action.sa_handler = want_stop;
      action.sa_flags = SA_RESTART;
      sigaction(signal, &action, nullptr);
    }
  }
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGUSR1, SIG_IGN);  // a batch system warns all processes; the parent decides
}

[[noreturn]] void become_worker(pid_t parent, const std::function<void(int)>& work, int pipe) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) {
    _exit(EXIT_FAILURE);  // it died before that
  }
  try {
    try {
      work(pipe);
    } catch (...) {
      send_failure(pipe, failure_of(std::current_exception()));
    }
  } catch (...) {
    _exit(kNoMemory);
  }
  // No destructors and no buffers of the parent's: they are the parent's.
  _exit(EXIT_SUCCESS);
}

}  // namespace

WorkerProcess::WorkerProcess(std::string name, SharedStop& stop,
                             const std::function<void(int)>& work)
    : name_(std::move(name)) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw ResourceError(
        fmt::format("{}: cannot make a pipe to it: {}", name_, system_reason(errno)));
  }
  const pid_t parent = getpid();
  const HeldSignals hold;
  process_ = fork();
  if (process_ == 0) {
    close(ends[0]);
    handle_signals(stop);
    hold.release();
    become_worker(parent, work, ends[1]);
  }
  const int error = errno;
  close(ends[1]);
  pipe_ = ends[0];
  if (process_ < 0) {
    close(pipe_);
    throw ResourceError(fmt::format("{}: cannot start it: {}", name_, system_reason(error)));
  }
}

WorkerProcess::~WorkerProcess() {
  if (pipe_ >= 0) {
    kill();
    end();
  }
}

void WorkerProcess::kill() {
  was_killed_ = true;
  ::kill(process_, SIGKILL);
}

void WorkerProcess::receive() {
  std::array<std::uint8_t, 65536> buffer{};
  const ssize_t count = read(pipe_, buffer.data(), buffer.size());
  if (count > 0) {
    messages_.add(buffer.data(), static_cast<std::size_t>(count));
    messages_.take_all([this](WorkerMessage kind, ByteView content) { take(kind, content); });
  } else if (count == 0) {
    end();
  }
}

void WorkerProcess::take(WorkerMessage kind, ByteView content) {
  switch (kind) {
    case WorkerMessage::record:
      take_record(content);
      break;
    case WorkerMessage::failure:
      failure_ = decode_failure(content, name_);
      break;
    case WorkerMessage::coverage:
      take_coverage(content);
      break;
  }
}

/// A record that is none is no fault of the user's.
void WorkerProcess::take_record(ByteView content) {
  try {
    record_ = decode_record({content.begin(), content.end()}, name_);
  } catch (const UserError& error) {
    failure_ = RunFailure{FailureKind::internal, error.what()};
  }
}

/// Likewise: first of the boot, then of the inputs.
void WorkerProcess::take_coverage(ByteView content) {
  try {
    const Coverage part = parse_coverage({content.begin(), content.end()}, name_);
    if (!coverage_) {
      coverage_ = RunCoverage{part, {}};
    } else {
      coverage_->inputs = part;
    }
  } catch (const UserError& error) {
    failure_ = RunFailure{FailureKind::internal, error.what()};
  }
}

void WorkerProcess::end() {
  close(pipe_);
  pipe_ = -1;
  int status = 0;
  while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
  const bool is_well = WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
  if (was_killed_ || failure_ || (is_well && record_)) {
    return;
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == kNoMemory) {
    failure_ = RunFailure{FailureKind::resources, fmt::format("{}: {}", name_, memory_reason())};
  } else {
    failure_ = failure_of_process(name_, status);
  }
}

}  // namespace airnn
