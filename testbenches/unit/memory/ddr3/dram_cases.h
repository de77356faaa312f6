// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/memory/ddr3/ddr3_channel_params.h"
#include "testbenches/support/dram_traffic.h"

namespace airnn::test {

/// Policies of which every combination is tried.
struct DramPolicies {
  DramScheduling scheduling = DramScheduling::fr_fcfs;
  PagePolicy page_policy = PagePolicy::open;
  std::uint32_t ranks = 1;
  bool refresh = true;
  std::uint32_t max_postponed = 0;
  std::uint32_t max_pulled_in = 0;
};

/// Every combination; postponing and pulling in by 0, 3 and 8, or no refresh at all.
std::vector<DramPolicies> dram_policies();

/// A channel and its requests, drawn at random but for the policies.
struct DramCase {
  DramCase(const DramPolicies& policies, std::uint64_t seed);

  std::string text() const;

  Ddr3ChannelParams params;
  DramTraffic traffic;
  Cycle tail = 3000;  ///< cycles to look at behind the last request
};

/// Speed grades of JESD79-3 and parts at the edge of what rules can distinguish.
std::vector<Ddr3Part> dram_parts();

}  // namespace airnn::test
