// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/cli/command.h"

namespace airnn {

/// `airnn evaluate`: a table, a figure or a sweep as compile and simulate runs.
class EvaluateCommand : public Command {
 public:
  Options* add_to(Options& program) override;
  ExitCode run() override;

 private:
  std::string experiment_;
  std::string out_;
  std::string jobs_;
  std::string shard_;
  bool resume_ = false;
  bool quiet_ = false;
};

}  // namespace airnn
