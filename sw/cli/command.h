// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/cli/options.h"
#include "sw/console/exit_code.h"

namespace airnn {

/// One subcommand of the program: its options, and what it does with them. Options are taken as
/// text and converted in run() (option_values.h), so that all messages look alike.
class Command {
 public:
  Command() = default;
  virtual ~Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;

  /// Declares the subcommand; its options are stored here when the command line is parsed.
  virtual Options* add_to(Options& program) = 0;
  /// Throws UserError for whatever the user can put right.
  virtual ExitCode run() = 0;
};

}  // namespace airnn
