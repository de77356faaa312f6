// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/program.h"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "hw/sim/simulation.h"
#include "sw/cli/command.h"
#include "sw/cli/commands.h"
#include "sw/cli/console.h"
#include "sw/cli/stop_signal.h"
#include "sw/cli/usage.h"
#include "sw/cli/version.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

ExitCode run_command(int argc, const char* const* argv) {
  CLI::App program(
      "Simulator of a CNN accelerator that fetches its weights cluster by cluster\n"
      "and stops as soon as the classification is certain.",
      "airnn");
  program.set_version_flag("--version", fmt::format("airnn {}", program_version()));
  program.require_subcommand(1);
  program.get_formatter()->label("SUBCOMMAND", "COMMAND");
  program.footer(
      "'airnn COMMAND --help' explains a command.\n"
      "Exit codes: 0 done, 1 internal error, 2 bad input or usage, 3 a protocol or\n"
      "timing rule was broken, 4 stopped by the user.");
  const std::vector<std::unique_ptr<Command>> commands = make_commands();
  std::vector<CLI::App*> parsers;
  for (const auto& command : commands) {
    parsers.push_back(command->add_to(program)->group("Commands"));
  }
  try {
    program.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    print(program.help());
    return ExitCode::done;
  } catch (const CLI::CallForVersion&) {
    print(program.version() + "\n");
    return ExitCode::done;
  } catch (const CLI::ParseError& error) {
    throw UserError(usage_message(program, error));
  }
  for (std::size_t i = 0; i < commands.size(); ++i) {
    if (parsers[i]->parsed()) {
      return commands[i]->run();
    }
  }
  return ExitCode::internal_error;  // require_subcommand saw to it that one was parsed
}

ExitCode fail(ExitCode code, const std::string& message) {
  const std::string line = fmt::format("airnn: {}\n", one_line(message));
  std::fwrite(line.data(), 1, line.size(), stderr);
  return code;
}

}  // namespace

ExitCode run_program(int argc, const char* const* argv) {
  // Writing beyond the limit of file sizes then fails like a full disk, with a message.
  std::signal(SIGXFSZ, SIG_IGN);
  StopSignal::install();
  try {
    return run_command(argc, argv);
  } catch (const UserError& error) {
    return fail(ExitCode::bad_input, error.what());
  } catch (const SimulationError& error) {
    return fail(ExitCode::rule_broken, error.what());
  } catch (const std::bad_alloc&) {
    return fail(ExitCode::bad_input, "not enough memory for this input");
  } catch (const std::exception& error) {
    return fail(ExitCode::internal_error, fmt::format("internal error: {}", error.what()));
  }
}

}  // namespace airnn
