// SPDX-License-Identifier: Apache-2.0
#include "sw/console/warning_signal.h"

#include <csignal>

namespace airnn {

namespace {

volatile std::sig_atomic_t has_come = 0;

void note(int) {
  has_come = 1;
}

}  // namespace

WarningSignal::WarningSignal() {
  has_come = 0;
  struct sigaction action {};
  action.sa_handler = note;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGUSR1, &action, nullptr);
}

WarningSignal::~WarningSignal() {
  std::signal(SIGUSR1, SIG_DFL);
}

bool WarningSignal::came() const {
  return has_come != 0;
}

}  // namespace airnn
