// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/stop_signal.h"

#include <unistd.h>

#include <csignal>

#include "sw/cli/exit_code.h"

namespace airnn {

namespace {

// Lock-free, because a handler may touch nothing else.
volatile std::sig_atomic_t holders = 0;
volatile std::sig_atomic_t signals = 0;

[[noreturn]] void stop_now() {
  const char message[] = "\nairnn: stopped\n";
  if (write(STDERR_FILENO, message, sizeof message - 1) < 0) {
    // Nobody is left to hear it; the exit code says the same.
  }
  _exit(static_cast<int>(ExitCode::stopped));
}

void handle(int) {
  const bool first = signals == 0;
  signals = 1;
  if (holders == 0 || !first) {
    stop_now();
  }
}

}  // namespace

void StopSignal::install() {
  struct sigaction action {};
  action.sa_handler = handle;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
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
  seen_ = seen_ || signals != 0;
  return seen_;
}

}  // namespace airnn
