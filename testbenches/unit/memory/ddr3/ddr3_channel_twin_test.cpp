// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "hw/memory/ddr3/ddr3_channel.h"
#include "testbenches/support/effort.h"
#include "testbenches/unit/memory/ddr3/dram_cases.h"
#include "testbenches/unit/memory/ddr3/dram_run.h"

namespace airnn::test {
namespace {

/// The same requests in the same cycles as for the twin. `step`: at most so many cycles at once,
/// which must make no difference.
DramRun run_channel(const Ddr3ChannelParams& params, const std::vector<DramRequest>& requests,
                    Cycle end, Cycle step) {
  DramRun run;
  run.end = end;
  Ddr3Channel channel(params, run);
  const auto advance = [&](Cycle to) {
    while (channel.now() + step < to) {
      channel.run_until(channel.now() + step);
    }
    channel.run_until(to);
  };
  Cycle cycle = 0;
  for (const DramRequest& request : requests) {
    cycle = std::max(cycle, request.arrival);
    advance(cycle);
    while (!channel.can_accept(request) && cycle < end) {
      advance(++cycle);
    }
    if (cycle >= end) {
      return run;
    }
    channel.accept(request, cycle++);
  }
  advance(end);
  EXPECT_TRUE(channel.idle());
  return run;
}

class Ddr3ChannelTwinTest
    : public testing::TestWithParam<std::tuple<DramScheduling, PagePolicy, std::uint32_t>> {};

TEST_P(Ddr3ChannelTwinTest, AgreesInEveryCommandAndBreaksNoRule) {
  const unsigned seeds = drawn_cases(4);
  const auto [scheduling, page_policy, ranks] = GetParam();
  for (const DramPolicies& policies : dram_policies()) {
    if (policies.scheduling != scheduling || policies.page_policy != page_policy ||
        policies.ranks != ranks) {
      continue;
    }
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
      const DramCase drawn(policies, seed);
      SCOPED_TRACE("seed " + std::to_string(seed) + ": " + drawn.text());
      const std::vector<DramRequest> requests = requests_of(drawn.traffic);
      const DramRun twin = run_twin(drawn.params, requests, drawn.tail);
      const DramRun channel =
          run_channel(drawn.params, requests, twin.end, seed % 2 == 0 ? kNever / 2 : 1 + seed);
      ASSERT_EQ(channel.requests.size(), requests.size());
      ASSERT_EQ(difference(channel, twin), "");
      const Ddr3Checker checker = checked(drawn.params, channel);
      ASSERT_THAT(checker.violations(), testing::IsEmpty()) << checker.violations().front().text();
    }
  }
}

std::string name_of(const testing::TestParamInfo<Ddr3ChannelTwinTest::ParamType>& test) {
  const auto [scheduling, page_policy, ranks] = test.param;
  const char* const pages[] = {"open", "closed", "adaptive"};
  return std::string(scheduling == DramScheduling::fcfs ? "fcfs_" : "fr_fcfs_") +
         pages[static_cast<std::size_t>(page_policy)] + (ranks == 1 ? "_one_rank" : "_two_ranks");
}

INSTANTIATE_TEST_SUITE_P(
    All, Ddr3ChannelTwinTest,
    testing::Combine(testing::Values(DramScheduling::fcfs, DramScheduling::fr_fcfs),
                     testing::Values(PagePolicy::open, PagePolicy::closed, PagePolicy::adaptive),
                     testing::Values(1U, 2U)),
    name_of);

}  // namespace
}  // namespace airnn::test
