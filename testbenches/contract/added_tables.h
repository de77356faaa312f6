// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/campaign/campaign_tables.h"

namespace airnn::test {

/// The built-in tables, and executors `reversed` and `forking`, searches `random` and `climbing`.
CampaignTables added_tables();

}  // namespace airnn::test
