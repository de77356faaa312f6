// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/cli/command.h"

namespace airnn {

/// `airnn config`: what can be configured.
class ConfigCommand : public Command {
 public:
  Options* add_to(Options& program) override;
  ExitCode run() override;

 private:
  bool list_ = false;
  std::string key_;
  bool json_ = false;
};

}  // namespace airnn
