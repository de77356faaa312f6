// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/campaign/campaign.h"
#include "sw/campaign/shared/slurm_jobs.h"
#include "sw/cli/options.h"

namespace airnn {

/// What the command line says of a campaign, whatever its points are.
class CampaignArguments {
 public:
  /// `described`: what the experiment is.
  void add_to(Options& app, const std::string& described);
  /// The options by which several processes share the campaign.
  void add_shared_to(Options& app);

  /// Throws UserError if something is missing, or does not go together. `command` is the one that
  /// has these options.
  void check(const std::string& command) const;

  const std::string& experiment() const { return experiment_; }
  const std::string& out() const { return out_; }
  bool is_quiet() const { return quiet_; }
  /// The folder to look at; empty: none.
  const std::string& status() const { return status_; }
  bool as_json() const { return json_; }
  /// The folder whose jobs are to be cancelled; empty: none.
  const std::string& cancel() const { return cancel_; }
  bool is_for_slurm() const { return !slurm_.empty(); }

  /// Throws UserError for numbers that are none, as the next does.
  CampaignOptions options() const;
  /// `command`: the one that has these options; `file`: of the experiment.
  SlurmRequest slurm_request(const std::string& command, const std::string& file) const;

 private:
  CampaignRole role() const;

  std::string experiment_;
  std::string out_;
  std::string jobs_;
  std::string piece_seconds_ = "60";
  std::string slurm_;
  std::string slurm_arguments_;
  std::string status_;
  std::string cancel_;
  bool resume_ = false;
  bool quiet_ = false;
  bool worker_ = false;
  bool finish_ = false;
  bool json_ = false;
};

}  // namespace airnn
