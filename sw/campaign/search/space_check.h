// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/campaign/campaign_tables.h"
#include "sw/evaluate/experiment.h"

namespace airnn {

/// Throws UserError for what can be known of a search before it begins: its algorithm, network and
/// inputs, and values that no point can have, neither with the first nor with the last value of all
/// other keys.
void check_space(const ExperimentSuite& suite, const CampaignTables& tables);

}  // namespace airnn
