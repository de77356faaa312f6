// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include "hw/memory/ddr3/ddr3_channel.h"
#include "testbenches/unit/memory/ddr3/dram_cases.h"
#include "testbenches/unit/memory/ddr3/dram_run.h"

namespace airnn::test {
namespace {

/// Offers the requests, of which the first comes in cycle `begin`, and goes on for a while.
void play(Ddr3Channel& channel, std::vector<DramRequest> requests, Cycle begin) {
  const Cycle later = begin - requests.front().arrival;
  Cycle next = begin;
  for (DramRequest& request : requests) {
    request.arrival += later;
    const Cycle at = channel.run_until_room(request, std::max(next, request.arrival));
    channel.accept(request, at);
    next = at + 1;
  }
  channel.run_until_idle();
  channel.run_until(channel.now() + 20000);
}

std::vector<DramRequest> some_requests(const DramCase& drawn, std::uint64_t seed,
                                       std::size_t count) {
  DramTraffic traffic = drawn.traffic;
  traffic.seed = seed;
  traffic.requests = count;
  if (seed % 2 == 0) {
    // Row after row in succession, so that the last four ACT matter.
    traffic.stream_percent = traffic.hot_percent = traffic.revisit_percent = 0;
    traffic.pace = 1;
    traffic.pauses = {0};
  }
  return requests_of(traffic);
}

/// What was told from some event on, as if time had begun `origin` cycles later.
DramRun since(const DramRun& run, std::size_t command, std::size_t request, Cycle origin) {
  DramRun part;
  part.commands.assign(run.commands.begin() + static_cast<std::ptrdiff_t>(command),
                       run.commands.end());
  part.requests.assign(run.requests.begin() + static_cast<std::ptrdiff_t>(request),
                       run.requests.end());
  for (CommandIssued& event : part.commands) {
    event.cycle -= origin;
  }
  for (RequestServed& event : part.requests) {
    event.arrival -= origin;
    event.complete -= origin;
  }
  return part;
}

TEST(ChannelState, IsAllThatTheFutureDependsOn) {
  std::size_t sleeping = 0;
  for (const DramPolicies& policies : dram_policies()) {
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
      DramCase drawn(policies, seed);
      // So long that it hinders the first ACT behind a pause.
      drawn.params.part.timing.faw = std::max<Cycle>(drawn.params.part.timing.faw, 80);
      drawn.params.power_down_after_cycles = seed % 2 == 0 ? 0 : 40;
      drawn.params.self_refresh_after_cycles = seed % 4 == 3 ? 900 : 0;
      SCOPED_TRACE("seed " + std::to_string(seed) + ": " + drawn.text());
      DramRun original;
      Ddr3Channel channel(drawn.params, original);
      const auto before = some_requests(drawn, seed, 60);
      for (const DramRequest& request : before) {
        channel.accept(request, channel.run_until_room(request, channel.now()));
      }
      channel.run_until_idle();
      channel.run_until(channel.now() + seed / 2 * seed * 23);
      sleeping += !original.commands.empty() &&
                          (original.commands.back().command == DramCommand::power_down_enter ||
                           original.commands.back().command == DramCommand::self_refresh_enter)
                      ? 1
                      : 0;
      // The origin may lie before and behind the present.
      const Cycle present = channel.now();
      const Cycle origin = seed % 3 == 0 ? present : present - std::min<Cycle>(present, 90);
      StateList state;
      channel.save(state, origin);

      DramRun copied;
      Ddr3Channel copy(drawn.params, copied);
      const Cycle shift = 1000003 * (seed + 1);
      // A channel that was in quite another state.
      play(copy, some_requests(drawn, seed + 77, 40), 5);
      ASSERT_LT(copy.now(), shift);
      copy.restore(state, origin + shift);
      EXPECT_EQ(copy.now(), present + shift);
      StateList again;
      copy.save(again, origin + shift);
      EXPECT_EQ(again, state);

      const std::size_t told[] = {original.commands.size(), original.requests.size(),
                                  copied.commands.size(), copied.requests.size()};
      const auto behind = some_requests(drawn, seed + 2, 200);
      play(channel, behind, present + seed / 2);
      play(copy, behind, present + shift + seed / 2);
      const DramRun due = since(original, told[0], told[1], 0);
      EXPECT_EQ(due.requests.size(), behind.size());
      ASSERT_EQ(difference(since(copied, told[2], told[3], shift), due), "");
    }
  }
  EXPECT_GT(sleeping, 10U) << "power-down must be among the states";
}

TEST(ChannelState, IsThatOfTheRestartBehindAnySettling) {
  for (const DramPolicies& policies : dram_policies()) {
    StateList states[2];
    for (std::uint64_t seed = 0; seed < 2; ++seed) {
      const DramCase drawn(policies, 1);
      DramRun run;
      Ddr3Channel channel(drawn.params, run);
      play(channel, some_requests(drawn, seed + 5, 100 + 50 * seed), 10 + seed);
      const Cycle settled = channel.settle() + 7 * seed;
      channel.restart(settled);
      channel.save(states[seed], settled);
    }
    EXPECT_EQ(states[0], states[1]);
  }
}

}  // namespace
}  // namespace airnn::test
