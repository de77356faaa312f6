// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/self_description_command.h"

#include <array>

#include "sw/cli/completion.h"
#include "sw/cli/manual.h"
#include "sw/cli/option_values.h"
#include "sw/console/console.h"
#include "sw/version/version.h"

namespace airnn {

Options* ManualCommand::add_to(Options& program) {
  program_ = &program;
  Options* app = program.add_subcommand("manual", "Print the manual page, in roff");
  app->hide();
  return app;
}

ExitCode ManualCommand::run() {
  print(manual_page(*program_, program_version()));
  return ExitCode::done;
}

Options* CompletionCommand::add_to(Options& program) {
  program_ = &program;
  Options* app = program.add_subcommand("completion", "Print the completion script of a shell");
  app->hide();
  app->add_option("shell", shell_, "Which shell it is for")->required()->type_name("bash|zsh|fish");
  return app;
}

ExitCode CompletionCommand::run() {
  constexpr std::array kScripts = {bash_completion, zsh_completion, fish_completion};
  print(kScripts.at(choice_index("shell", shell_, {"bash", "zsh", "fish"}))(*program_));
  return ExitCode::done;
}

}  // namespace airnn
