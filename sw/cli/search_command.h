// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/cli/campaign_command.h"

namespace airnn {

/// `airnn search`: which settings suit a network, by several objectives.
class SearchCommand : public CampaignCommand {
 public:
  SearchCommand() : CampaignCommand("search") {}
  Options* add_to(Options& program) override;

 private:
  void prepare(const ExperimentSuite& suite, CampaignOptions& options) const override;
  std::string summary(const Plan& plan, const std::string& out) const override;
};

}  // namespace airnn
