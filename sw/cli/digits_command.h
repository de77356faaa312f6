// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/cli/command.h"

namespace airnn {

/// `airnn digits`: draws a labelled set of handwritten-looking digits.
class DigitsCommand : public Command {
 public:
  Options* add_to(Options& program) override;
  ExitCode run() override;

 private:
  std::string count_;
  std::string seed_ = "1";
  std::string prefix_;
};

}  // namespace airnn
