// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/cli/command.h"

namespace airnn {

/// `airnn rtl`: libraries with units in SystemVerilog, for `rtl` of a run.
class RtlCommand : public Command {
 public:
  Options* add_to(Options& program) override;
  ExitCode run() override;

 private:
  ExitCode build() const;
  ExitCode skeleton() const;
  void refuse(const std::vector<std::string>& options) const;

  Options* app_ = nullptr;
  std::string action_;
  std::vector<std::string> subjects_;
  std::string unit_;
  std::string top_;
  std::vector<std::string> parameters_;
  bool no_assertions_ = false;
  std::string output_;
};

}  // namespace airnn
