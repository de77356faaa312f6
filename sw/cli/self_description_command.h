// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/cli/command.h"

namespace airnn {

/// `airnn manual`: the page for `man`. For the installation; the help does not list it.
class ManualCommand : public Command {
 public:
  Options* add_to(Options& program) override;
  ExitCode run() override;

 private:
  const Options* program_ = nullptr;
};

/// `airnn completion SHELL`: the script that lets a shell complete command lines. As above.
class CompletionCommand : public Command {
 public:
  Options* add_to(Options& program) override;
  ExitCode run() override;

 private:
  const Options* program_ = nullptr;
  std::string shell_;
};

}  // namespace airnn
