// SPDX-License-Identifier: Apache-2.0
#include "sw/console/stop_signal.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <ctime>

#include "sw/console/exit_code.h"

namespace airnn {

namespace {

// Lock-free, because a handler may touch nothing else.
volatile std::sig_atomic_t holders = 0;
volatile std::sig_atomic_t signals = 0;
std::atomic<std::int64_t> first_signal{0};  ///< when it came, in milliseconds
static_assert(std::atomic<std::int64_t>::is_always_lock_free, "a handler writes it");

/// A batch system and 'timeout' send a signal to a process and then to its group: what comes so
/// soon is the same wish once more, not impatience.
constexpr std::int64_t kSameWishMilliseconds = 500;

constexpr std::array<int, 3> kStopSignals = {SIGINT, SIGTERM, SIGHUP};

std::int64_t now_milliseconds() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

[[noreturn]] void stop_now() {
  const char message[] = "\nairnn: stopped\n";
  if (write(STDERR_FILENO, message, sizeof message - 1) < 0) {
    // Nobody is left to hear it; the exit code says the same.
  }
  _exit(static_cast<int>(ExitCode::stopped));
}

void handle(int) {
  const int error = errno;
  const std::int64_t now = now_milliseconds();
  const bool is_first = signals == 0;
  if (is_first) {
    first_signal = now;
    signals = 1;
  }
  // The same wish once more may come when the last holder has seen to the first one.
  if (is_first ? holders == 0 : now - first_signal >= kSameWishMilliseconds) {
    stop_now();
  }
  errno = error;
}

}  // namespace

void StopSignal::install() {
  struct sigaction action {};
  action.sa_handler = handle;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (const int signal : kStopSignals) {
    sigaddset(&action.sa_mask, signal);
  }
  for (const int signal : kStopSignals) {
    struct sigaction before {};
    sigaction(signal, nullptr, &before);
    if (signal != SIGHUP || before.sa_handler != SIG_IGN) {  // 'nohup' ignores it
      sigaction(signal, &action, nullptr);
    }
  }
}

StopSignal::StopSignal() {
  holders = holders + 1;
}

StopSignal::~StopSignal() {
  holders = holders - 1;
  if (holders == 0 && signals != 0 && !seen_) {
    stop_now();
  }
}

bool StopSignal::requested() {
  if (signals != 0) {
    seen_ = true;
  }
  return seen_;
}

}  // namespace airnn
