// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/cli/command.h"

namespace airnn {

/// `airnn search`: which settings suit a network, by several objectives.
class SearchCommand : public Command {
 public:
  Options* add_to(Options& program) override;
  ExitCode run() override;

 private:
  std::string experiment_;
  std::string out_;
  std::string jobs_;
  bool resume_ = false;
  bool quiet_ = false;
};

}  // namespace airnn
