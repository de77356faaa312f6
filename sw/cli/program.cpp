// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/program.h"

#include <fmt/format.h>

#include <csignal>
#include <exception>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "hw/sim/run_failure.h"
#include "sw/campaign/failure_code.h"
#include "sw/cli/command.h"
#include "sw/cli/command_line.h"
#include "sw/cli/commands.h"
#include "sw/console/console.h"
#include "sw/console/stop_signal.h"
#include "sw/format/errors.h"
#include "sw/version/version.h"

namespace airnn {

namespace {

ExitCode run_command(int argc, const char* const* argv) {
  Options program("airnn",
                  "Simulator of a CNN accelerator that fetches its weights cluster by cluster\n"
                  "and stops as soon as the classification is certain.");
  program.footer(
      "'airnn COMMAND --help' explains a command.\n"
      "Exit codes: 0 done, 1 internal error, 2 bad input or usage, 3 a protocol or\n"
      "timing rule was broken, 4 stopped by the user.");
  const std::vector<std::unique_ptr<Command>> commands = make_commands();
  std::map<const Options*, Command*> by_options;
  for (const auto& command : commands) {
    by_options[command->add_to(program)] = command.get();
  }
  const Request request =
      parse_command_line(program, fmt::format("airnn {}", program_version()), argc, argv);
  if (request.command == nullptr) {
    print(request.text);
    return ExitCode::done;
  }
  return by_options.at(request.command)->run();
}

ExitCode fail(ExitCode code, const std::string& message) {
  print_error(fmt::format("airnn: {}\n", one_line(message)));
  return code;
}

}  // namespace

ExitCode run_program(int argc, const char* const* argv) {
  // Writing beyond the limit of file sizes, or to nobody, then fails like a full disk.
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
  StopSignal::install();
  try {
    return run_command(argc, argv);
  } catch (...) {
    const RunFailure failure = failure_of(std::current_exception());
    const bool is_internal = failure.kind == FailureKind::internal;
    return fail(exit_code(failure.kind), (is_internal ? "internal error: " : "") + failure.text());
  }
}

}  // namespace airnn
