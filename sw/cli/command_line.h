// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/cli/options.h"

namespace airnn {

/// What a command line asks for.
struct Request {
  const Options* command = nullptr;  ///< null: `text` is to be printed, that is all
  std::string text;
};

/// Stores the values of a program's options and finds the command. Throws UserError with one
/// sentence for a command line that cannot be (usage.h).
Request parse_command_line(Options& program, const std::string& version, int argc,
                           const char* const* argv);

}  // namespace airnn
