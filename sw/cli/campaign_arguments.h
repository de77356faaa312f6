// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/campaign/campaign.h"
#include "sw/cli/options.h"

namespace airnn {

/// What the command line says of a campaign, whatever its points are.
class CampaignArguments {
 public:
  /// `described`: what the experiment is.
  void add_to(Options& app, const std::string& described);

  const std::string& experiment() const { return experiment_; }
  const std::string& out() const { return out_; }
  /// Throws UserError for a number of jobs that is none.
  CampaignOptions options() const;

 private:
  std::string experiment_;
  std::string out_;
  std::string jobs_;
  bool resume_ = false;
};

}  // namespace airnn
