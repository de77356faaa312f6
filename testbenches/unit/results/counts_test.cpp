// SPDX-License-Identifier: Apache-2.0
#include "sw/results/counts.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace airnn::test {
namespace {

const PricedAction kFine = {Action::multiplication, "fine"};
const PricedAction kCoarse = {Action::multiplication, "coarse"};
const PricedAction kSlow = {Action::addition, "slow"};

Counts numbered(std::uint64_t from) {
  Counts counts;
  for (std::uint64_t& count : counts.of) {
    count = from++;
  }
  counts.dram_reads = from++;
  counts.words_placed = from;
  return counts;
}

TEST(Counts, AddUpInEveryPart) {
  Counts sum = numbered(1);
  sum += numbered(100);
  for (std::size_t i = 0; i < kActions; ++i) {
    EXPECT_EQ(sum.of[i], 101 + 2 * i);
  }
  EXPECT_EQ(sum.dram_reads, 101 + 2 * kActions);
  EXPECT_EQ(sum.words_placed, 103 + 2 * kActions);
  EXPECT_EQ(sum.dram_bytes(), 64 * sum.dram_reads);
}

TEST(Counts, AddUpByPriceClass) {
  Counts counts;
  counts[kFine] += 5;
  counts[kSlow] += 7;
  counts[Action::multiplication] += 100;
  Counts other;
  other[kFine] += 30;
  other[kCoarse] += 2;
  counts += other;
  EXPECT_EQ(counts[kFine], 35U);
  EXPECT_EQ(counts[kCoarse], 2U);
  EXPECT_EQ(counts[kSlow], 7U);
  EXPECT_EQ(counts[(PricedAction{Action::multiplication, {}})], 100U);
  EXPECT_EQ(counts.total(Action::multiplication), 137U);
  EXPECT_EQ(counts.total(Action::addition), 7U);
  EXPECT_EQ(counts[Action::addition], 0U);
  ASSERT_EQ(counts.of_classes.size(), 3U);
  EXPECT_EQ(counts.of_classes[0].what, kCoarse) << "in the order of files";
  EXPECT_EQ(counts.of_classes[1].what, kFine);
  EXPECT_EQ(counts.of_classes[2].what, kSlow);
}

TEST(Counts, WhatWasNeverCountedIsZeroAndTakesNoRoom) {
  const Counts counts;
  EXPECT_EQ(counts[kFine], 0U);
  EXPECT_EQ(counts.total(Action::multiplication), 0U);
  EXPECT_TRUE(counts.of_classes.empty());
}

TEST(Counts, OfWhatIsNotDeclaredAreRefusedByName) {
  Counts counts = Counts();
  counts[Action::addition] = 1;
  EXPECT_NO_THROW(check_counted(counts, usual_actions()));
  counts[kFine] = 1;
  EXPECT_NO_THROW(check_counted(counts, usual_actions_and({kFine})));
  try {
    check_counted(counts, usual_actions_and({kCoarse}));
    ADD_FAILURE() << "it is not refused";
  } catch (const std::logic_error& error) {
    EXPECT_NE(std::string(error.what()).find("'multiplication:fine'"), std::string::npos);
  }
  Counts of_channel;
  of_channel[Action::command_act] = 1;
  EXPECT_THROW(check_counted(of_channel, usual_actions()), std::logic_error);
  EXPECT_NO_THROW(check_counted(of_channel, usual_actions_and(channel_actions())));
}

TEST(RowHitRate, IsOfColumnCommandsThatNeedNoActivation) {
  Counts counts;
  EXPECT_EQ(row_hit_rate(counts), 0.0);
  counts[Action::command_rd] = 5;
  counts[Action::command_rda] = 1;
  counts[Action::command_wr] = 1;
  counts[Action::command_wra] = 1;
  counts[Action::command_act] = 2;
  EXPECT_DOUBLE_EQ(row_hit_rate(counts), 0.75);
}

}  // namespace
}  // namespace airnn::test
