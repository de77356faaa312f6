// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/known_trains.h"

#include <gtest/gtest.h>

namespace airnn::test {
namespace {

constexpr Cycle kFabric = 1000;
constexpr Cycle kDdr = 8000;
const MemoryState kBefore = {{1, 2}, {3}};
const MemoryState kAfter = {{4, 5}, {6}};
const std::vector<TimedRead> kReads = {{0, 9, 64, nullptr}, {1, 7, 0, nullptr}};

class KnownTrainsTest : public testing::Test {
 protected:
  /// Two reads, of which the second is answered first.
  void watch_two(KnownTrains& trains) {
    trains.watch(kBefore, kFabric, kDdr);
    trains.requested(&first_, kFabric, 64);
    trains.requested(&second_, kFabric + 1, 0);
    trains.issued({kDdr + 3, DramCommand::read, {}});
    trains.served({0, false, RowOutcome::hit, kDdr + 1, kDdr + 18});
    trains.responded(&second_, kFabric + 7);
    trains.responded(&first_, kFabric + 9);
    trains.spent({kFabric + 9, 9, 0, 0});
    trains.quiet(kAfter);
  }

  KnownTrains trains_{100};
  int first_ = 0;
  int second_ = 0;
};

TEST_F(KnownTrainsTest, FindsWhatItWatchedWithAllCyclesFromItsBegin) {
  watch_two(trains_);
  EXPECT_EQ(trains_.find(kBefore, kReads), nullptr) << "it may go on";
  trains_.stop();
  EXPECT_FALSE(trains_.watching());
  const KnownTrain* known = trains_.find(kBefore, kReads);
  ASSERT_NE(known, nullptr);
  EXPECT_TRUE(known->after == kAfter);
  ASSERT_EQ(known->spent.size(), 1U);
  EXPECT_EQ(known->spent[0].until, 9U);
  EXPECT_EQ(known->spent[0].working, 9U);
  ASSERT_EQ(known->told->events.size(), 2U);
  EXPECT_EQ(std::get<CommandIssued>(known->told->events[0]).cycle, 3U);
  EXPECT_EQ(std::get<RequestServed>(known->told->events[1]).arrival, 1U);
  EXPECT_EQ(std::get<RequestServed>(known->told->events[1]).complete, 18U);
}

TEST_F(KnownTrainsTest, FindsTheSameForReadsThatNobodyCanChange) {
  const KeptReads reads = std::make_shared<const std::vector<TimedRead>>(kReads);
  EXPECT_EQ(trains_.find(kBefore, reads), nullptr);
  watch_two(trains_);
  trains_.stop();
  const KnownTrain* const known = trains_.find(kBefore, kReads);
  for (int again = 0; again < 3; ++again) {
    EXPECT_EQ(trains_.find(kBefore, reads), known);
    EXPECT_EQ(trains_.find({{1, 3}, {3}}, reads), nullptr);
    EXPECT_EQ(trains_.find({{1, 2}, {4}}, reads), nullptr);
  }
}

TEST_F(KnownTrainsTest, RefusesAnotherStateAndOtherReads) {
  watch_two(trains_);
  trains_.stop();
  EXPECT_EQ(trains_.find({{1, 3}, {3}}, kReads), nullptr);
  EXPECT_EQ(trains_.find({{1, 2}, {4}}, kReads), nullptr);
  EXPECT_EQ(trains_.find(kBefore, std::vector<TimedRead>()), nullptr);
  EXPECT_EQ(trains_.find(kBefore, std::vector<TimedRead>{kReads[0]}), nullptr);
  for (std::size_t i = 0; i < kReads.size(); ++i) {
    for (int field = 0; field < 3; ++field) {
      std::vector<TimedRead> reads = kReads;
      reads[i].cycle += field == 0 ? 1 : 0;
      reads[i].completion += field == 1 ? 1 : 0;
      reads[i].address += field == 2 ? 64 : 0;
      EXPECT_EQ(trains_.find(kBefore, reads), nullptr) << "read " << i << ", field " << field;
    }
  }
}

TEST_F(KnownTrainsTest, LeavesOutWhatTheChannelDidBehindTheEnd) {
  watch_two(trains_);
  trains_.issued({kDdr + 5000, DramCommand::refresh, {}});
  trains_.stop();
  EXPECT_EQ(trains_.find(kBefore, kReads)->told->events.size(), 2U);
}

TEST_F(KnownTrainsTest, GoesOnBehindAPause) {
  watch_two(trains_);
  trains_.requested(&first_, kFabric + 20, 128);
  trains_.responded(&first_, kFabric + 26);
  trains_.quiet({{7}, {8}});
  trains_.stop();
  std::vector<TimedRead> reads = kReads;
  reads.push_back({20, 26, 128, nullptr});
  EXPECT_EQ(trains_.find(kBefore, kReads), nullptr);
  ASSERT_NE(trains_.find(kBefore, reads), nullptr);
  EXPECT_EQ(trains_.find(kBefore, reads)->after.shell, StateList{7});
}

TEST_F(KnownTrainsTest, ForgetsAFetchThatWasNotSeenToItsEnd) {
  watch_two(trains_);
  trains_.requested(&first_, kFabric + 20, 128);
  trains_.stop();
  watch_two(trains_);
  trains_.requested(&first_, kFabric + 20, 128);
  trains_.responded(&first_, kFabric + 26);
  trains_.stop();
  EXPECT_EQ(trains_.find(kBefore, kReads), nullptr);
}

TEST_F(KnownTrainsTest, KeepsNothingOfWhatIsAbandoned) {
  watch_two(trains_);
  trains_.abandon();
  EXPECT_FALSE(trains_.watching());
  trains_.stop();
  EXPECT_EQ(trains_.find(kBefore, kReads), nullptr);
}

TEST_F(KnownTrainsTest, KeepsNoMoreReadsThanItMay) {
  KnownTrains trains(5);
  for (std::uint64_t i = 0; i < 4; ++i) {
    watch_two(trains);
    trains.stop();  // one and the same is kept once
  }
  for (std::uint64_t i = 0; i < 2; ++i) {
    trains.watch({{i}, {}}, kFabric, kDdr);
    trains.requested(&first_, kFabric, 64);
    trains.requested(&second_, kFabric + 1, 0);
    if (trains.watching()) {
      trains.responded(&first_, kFabric + 9);
      trains.responded(&second_, kFabric + 7);
      trains.quiet(kAfter);
    }
    trains.stop();
  }
  const std::vector<TimedRead> reads = {{0, 9, 64, nullptr}, {1, 7, 0, nullptr}};
  EXPECT_NE(trains.find(kBefore, reads), nullptr);
  EXPECT_NE(trains.find({{0}, {}}, reads), nullptr);
  EXPECT_EQ(trains.find({{1}, {}}, reads), nullptr);
}

}  // namespace
}  // namespace airnn::test
