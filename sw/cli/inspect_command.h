// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/cli/command.h"
#include "sw/cli/selection_options.h"

namespace airnn {

/// `airnn inspect`: verifies a memory image and shows what it holds.
class InspectCommand : public Command {
 public:
  Options* add_to(Options& program) override;
  ExitCode run() override;

 private:
  std::string image_;
  SelectionOptions shown_;
  bool json_ = false;
};

}  // namespace airnn
