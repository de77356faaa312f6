// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/cli/command.h"

namespace airnn {

/// `airnn coverage`: merges what `airnn simulate --coverage` wrote, and shows its holes.
class CoverageCommand : public Command {
 public:
  Options* add_to(Options& program) override;
  ExitCode run() override;

 private:
  void check_outputs() const;

  std::vector<std::string> files_;
  std::string output_;
  std::string html_;
  std::string xml_;
  bool is_strict_ = false;
};

}  // namespace airnn
