// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <cstring>
#include <exception>

#include "sw/cli/program.h"
#include "sw/console/exit_code.h"
#include "sw/format/resource_error.h"

namespace {

std::terminate_handler usual_handler = nullptr;

void tell(const char* text) {
  if (write(STDERR_FILENO, text, std::strlen(text)) < 0) {
    // Nobody is left to hear it; the exit code says the same.
  }
}

[[noreturn]] void end_without_memory() {
  tell("airnn: ");
  tell(airnn::memory_reason());
  tell("\n");
  _exit(static_cast<int>(airnn::ExitCode::bad_input));
}

/// Libraries make static objects before main() begins, where nobody can catch what they throw: that
/// memory does not suffice.
void prepare_for_libraries() {
  usual_handler = std::set_terminate(end_without_memory);
}

// Called before the libraries' own initialisers; those of this program would come behind them.
[[gnu::section(".preinit_array"),
  gnu::used]] void (*const kBeforeLibraries)() = prepare_for_libraries;

}  // namespace

int main(int argc, char** argv) {
  std::set_terminate(usual_handler);
  return static_cast<int>(airnn::run_program(argc, argv));
}
