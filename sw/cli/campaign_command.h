// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "sw/campaign/campaign.h"
#include "sw/cli/campaign_arguments.h"
#include "sw/cli/command.h"
#include "sw/evaluate/experiment.h"

namespace airnn {

/// A subcommand that carries a campaign out, by this process or by several that share a folder.
class CampaignCommand : public Command {
 public:
  /// `name`: of the subcommand.
  explicit CampaignCommand(std::string name) : name_(std::move(name)) {}
  ExitCode run() override;

 protected:
  /// Completes the options. Throws UserError if the experiment is of the wrong kind.
  virtual void prepare(const ExperimentSuite& suite, CampaignOptions& options) const = 0;
  /// What is printed of the whole.
  virtual std::string summary(const Plan& plan, const std::string& out) const = 0;

  CampaignArguments& arguments() { return arguments_; }
  const CampaignArguments& arguments() const { return arguments_; }

 private:
  ExitCode show_status() const;
  ExitCode cancel() const;
  ExitCode do_all(const ExperimentSuite& suite, const CampaignOptions& options) const;
  ExitCode do_share(const ExperimentSuite& suite, CampaignOptions options) const;
  ExitCode submit(const ExperimentSuite& suite, const CampaignOptions& options,
                  const SlurmRequest& request) const;
  ExitCode collect(const ExperimentSuite& suite, const CampaignOptions& options,
                   const std::string& file) const;
  CampaignResult carry_out(const ExperimentSuite& suite, const CampaignOptions& options) const;
  void print_result(const CampaignResult& result) const;

  std::string name_;
  CampaignArguments arguments_;
};

}  // namespace airnn
