// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/cli/command.h"

namespace airnn {

/// `airnn reprice`: results of a run with the prices of another energy table, without simulating
/// again.
class RepriceCommand : public Command {
 public:
  Options* add_to(Options& program) override;
  ExitCode run() override;

 private:
  std::string folder_;
  std::string energy_;
  std::string out_;
};

}  // namespace airnn
