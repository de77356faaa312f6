// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/cli/campaign_command.h"

namespace airnn {

/// `airnn evaluate`: a table, a figure or a sweep as compile and simulate runs.
class EvaluateCommand : public CampaignCommand {
 public:
  EvaluateCommand() : CampaignCommand("evaluate") {}
  Options* add_to(Options& program) override;

 private:
  void prepare(const ExperimentSuite& suite, CampaignOptions& options) const override;
  std::string summary(const Plan& plan, const std::string& out) const override;

  std::string shard_;
};

}  // namespace airnn
