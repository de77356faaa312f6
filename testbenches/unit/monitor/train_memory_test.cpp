// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/train_memory.h"

#include <gtest/gtest.h>

#include <memory>

namespace airnn::test {
namespace {

KeptReads train(std::uint64_t address) {
  return std::make_shared<const std::vector<TimedRead>>(
      std::vector<TimedRead>{{0, 120, address, nullptr}, {1, 121, address + 64, nullptr}});
}

TEST(TrainMemory, KnowsATrainAndOneThatIsEqual) {
  TrainMemory memory(3);
  const KeptReads first = train(0);
  EXPECT_FALSE(memory.see(2, first).repeats);
  EXPECT_TRUE(memory.see(2, first).repeats);
  EXPECT_TRUE(memory.see(2, train(0)).repeats);
  EXPECT_EQ(&memory.reads(2, 0), first.get());
  EXPECT_FALSE(memory.see(1, first).repeats) << "of another fetch nothing is known";
}

TEST(TrainMemory, TellsTrainsApartByEveryRead) {
  TrainMemory memory(1);
  memory.see(0, train(0));
  std::vector<TimedRead> reads = *train(0);
  reads[1].cycle = 2;
  EXPECT_FALSE(memory.see(0, std::make_shared<const std::vector<TimedRead>>(reads)).repeats);
  reads.pop_back();
  EXPECT_FALSE(memory.see(0, std::make_shared<const std::vector<TimedRead>>(reads)).repeats);
}

/// An address that was free in between would stand for another train.
TEST(TrainMemory, HoldsOnToWhatItKnows) {
  TrainMemory memory(1);
  KeptReads known = train(0);
  const std::weak_ptr<const std::vector<TimedRead>> held = known;
  memory.see(0, known);
  known.reset();
  EXPECT_FALSE(held.expired());
}

TEST(TrainMemory, ForgetsTheOldestOfMoreThanFour) {
  TrainMemory memory(1);
  for (std::uint64_t way = 0; way < TrainMemory::kWays; ++way) {
    EXPECT_EQ(memory.see(0, train(4096 * way)).way, way);
  }
  const TrainMemory::Seen fifth = memory.see(0, train(1 << 20));
  EXPECT_EQ(fifth.way, 0U);
  EXPECT_FALSE(fifth.repeats);
  EXPECT_TRUE(memory.see(0, train(4096)).repeats);
  EXPECT_FALSE(memory.see(0, train(0)).repeats);
}

}  // namespace
}  // namespace airnn::test
