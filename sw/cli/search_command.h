// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/cli/campaign_arguments.h"
#include "sw/cli/command.h"

namespace airnn {

/// `airnn search`: which settings suit a network, by several objectives.
class SearchCommand : public Command {
 public:
  Options* add_to(Options& program) override;
  ExitCode run() override;

 private:
  CampaignArguments arguments_;
  bool quiet_ = false;
};

}  // namespace airnn
