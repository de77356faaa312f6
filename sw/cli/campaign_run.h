// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/campaign/campaign.h"
#include "sw/console/stop_signal.h"
#include "sw/evaluate/experiment.h"

namespace airnn {

// What commands share that carry out campaigns.

/// The experiment of a command line: a file, or the name of one of the program's own. Throws
/// UserError.
ExperimentSuite read_suite(const std::string& experiment);

/// Runs it. Draws how far it is unless it is to be `quiet`, and tells what goes wrong on standard
/// error.
CampaignResult run_campaign(const ExperimentSuite& suite, const CampaignOptions& options,
                            bool quiet, StopSignal& stop);

/// How many points are done, and what that took.
std::string campaign_summary(const CampaignResult& result, const std::string& out);

}  // namespace airnn
