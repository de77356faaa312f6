// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/cli/command.h"

namespace airnn {

/// `airnn merge`: joins the shards of an evaluation.
class MergeCommand : public Command {
 public:
  Options* add_to(Options& program) override;
  ExitCode run() override;

 private:
  std::vector<std::string> folders_;
  std::string out_;
  bool resume_ = false;
  bool quiet_ = false;
};

}  // namespace airnn
