// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/dram_soak.h"

#include <gtest/gtest.h>

namespace airnn::test {
namespace {

TEST(DramSoak, EveryPolicyServesEveryRequestOnceAndInTimeWithoutBreakingARule) {
  constexpr std::uint64_t kRequests = AIRNN_SOAK_REQUESTS;
  const std::vector<Ddr3ChannelParams> cases = DramSoak::cases();
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const DramSoakResult result = DramSoak::run(cases[i], i, kRequests / cases.size());
    EXPECT_EQ(result.problem, "") << "case " << i;
    EXPECT_GE(result.requests, kRequests / cases.size());
    EXPECT_GT(result.longest_wait, 0U);
  }
}

TEST(DramSoak, BoundGrowsWithTheBatchAndWithRefreshes) {
  Ddr3ChannelParams params;
  const Cycle one = DramSoak::longest_wait(params, 1);
  EXPECT_GT(DramSoak::longest_wait(params, 2), one);
  params.max_postponed = 8;
  EXPECT_GT(DramSoak::longest_wait(params, 1), one);
}

}  // namespace
}  // namespace airnn::test
