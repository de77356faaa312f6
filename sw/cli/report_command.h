// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/cli/command.h"

namespace airnn {

/// `airnn report`: what evaluations found as one page that needs nothing else, and as Markdown.
class ReportCommand : public Command {
 public:
  Options* add_to(Options& program) override;
  ExitCode run() override;

 private:
  void check_outputs() const;

  std::vector<std::string> folders_;
  std::string output_;
  std::string markdown_;
};

}  // namespace airnn
