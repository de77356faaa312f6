// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/cli/command.h"

namespace airnn {

class MultiplierLibrary;

/// `airnn multipliers`: what approximate multipliers are good for, and their tables.
class MultipliersCommand : public Command {
 public:
  Options* add_to(Options& program) override;
  ExitCode run() override;

 private:
  void check_options() const;
  void write_table(const MultiplierLibrary& library) const;

  std::string file_ = "formulas";
  bool json_ = false;
  std::string export_;
  std::string output_;
};

}  // namespace airnn
