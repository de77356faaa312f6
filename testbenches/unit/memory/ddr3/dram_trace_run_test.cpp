// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/dram_trace_run.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <vector>

namespace airnn {
namespace {

using testing::Each;
using testing::ElementsAre;

/// Holds two requests; one place is free again in every tenth cycle.
class FakeChannel {
 public:
  Cycle now() const { return now_; }
  void run_until(Cycle limit) {
    const Cycle freed = (limit + 9) / 10 - (now_ + 9) / 10;
    taken_ -= std::min(taken_, freed);
    now_ = limit;
  }
  Cycle run_until_room(const DramRequest&, Cycle from) {
    run_until(from);
    while (taken_ == 2) {
      run_until(now_ + 1);
    }
    return now_;
  }
  void accept(const DramRequest& request, Cycle at) {
    ++taken_;
    accepted.push_back(at);
    arrivals.push_back(request.arrival);
  }

  std::vector<Cycle> accepted;
  std::vector<Cycle> arrivals;

 private:
  Cycle now_ = 0;
  Cycle taken_ = 0;
};

DramRequest at(Cycle arrival) {
  DramRequest request;
  request.arrival = arrival;
  return request;
}

const auto kGoOn = [] { return true; };

TEST(DramTraceRun, OffersOneRequestPerCycleInOrder) {
  FakeChannel channel;
  DramTraceRun<FakeChannel> run(channel);
  for (const Cycle arrival : std::vector<Cycle>{3, 3, 8, 100, 101}) {
    EXPECT_TRUE(run.offer(at(arrival), kGoOn));
  }
  // The third finds no room before the place of cycle 10 is free.
  EXPECT_THAT(channel.accepted, ElementsAre(3, 4, 11, 100, 101));
}

TEST(DramTraceRun, LetsWhatIsBehindARefusedRequestWaitAndKeepsItsArrival) {
  FakeChannel channel;
  DramTraceRun<FakeChannel> run(channel);
  for (int i = 0; i < 5; ++i) {
    run.offer(at(1), kGoOn);
  }
  EXPECT_THAT(channel.accepted, ElementsAre(1, 2, 11, 21, 31));
  EXPECT_THAT(channel.arrivals, Each(1));
}

TEST(DramTraceRun, AsksInLongPausesWhetherToGoOn) {
  FakeChannel channel;
  DramTraceRun<FakeChannel> run(channel);
  constexpr Cycle kYears = 1000000000000;
  int asked = 0;
  EXPECT_TRUE(run.offer(at(1000), [&] { return ++asked > 0; }));
  EXPECT_EQ(asked, 0);
  EXPECT_FALSE(run.offer(at(kYears), [&] { return ++asked < 5; }));
  EXPECT_EQ(asked, 5);
  EXPECT_LT(channel.now(), kYears / 10);
  EXPECT_TRUE(run.offer(at(kYears), [] { return true; }));
  EXPECT_THAT(channel.accepted, ElementsAre(1000, kYears));
}

}  // namespace
}  // namespace airnn
