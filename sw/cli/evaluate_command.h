// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/cli/campaign_arguments.h"
#include "sw/cli/command.h"

namespace airnn {

/// `airnn evaluate`: a table, a figure or a sweep as compile and simulate runs.
class EvaluateCommand : public Command {
 public:
  Options* add_to(Options& program) override;
  ExitCode run() override;

 private:
  CampaignArguments arguments_;
  std::string shard_;
  bool quiet_ = false;
};

}  // namespace airnn
