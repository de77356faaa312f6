// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/unit_account.h"

#include <gtest/gtest.h>

namespace airnn::test {
namespace {

/// Two units; iterations begin in cycles 100, 200 and 250.
class UnitAccountTest : public testing::Test {
 protected:
  UnitAccountTest() {
    account_.add_unit();
    account_.add_unit();
  }
  std::vector<std::vector<CyclesSpent>> end() {
    for (const Cycle begin : {100U, 200U, 250U}) {
      account_.begin_iteration(begin);
    }
    return account_.end_input();
  }

  UnitAccount account_;
};

TEST_F(UnitAccountTest, GivesAnEventToTheIterationItLiesIn) {
  account_.spent(0, {200, 100, 0, 0});
  account_.spent(0, {250, 0, 50, 0});
  account_.spent(1, {300, 0, 0, 20});
  const auto sums = end();
  ASSERT_EQ(sums.size(), 3U);
  EXPECT_EQ(sums[0][0].working, 100U);
  EXPECT_EQ(sums[0][0].waiting_for_input, 0U);
  EXPECT_EQ(sums[1][0].waiting_for_input, 50U);
  EXPECT_EQ(sums[2][0].working + sums[2][0].waiting_for_input, 0U);
  EXPECT_EQ(sums[2][1].waiting_for_credit, 20U);
}

TEST_F(UnitAccountTest, SplitsWhatLiesOnBothSidesWaitingFirst) {
  account_.spent(0, {210, 15, 0, 5});
  account_.spent(1, {260, 70, 0, 0});
  const auto sums = end();
  EXPECT_EQ(sums[0][0].waiting_for_credit, 5U);
  EXPECT_EQ(sums[0][0].working, 5U);
  EXPECT_EQ(sums[1][0].working, 10U);
  EXPECT_EQ(sums[0][1].working, 10U);
  EXPECT_EQ(sums[1][1].working, 50U);
  EXPECT_EQ(sums[2][1].working, 10U);
}

TEST_F(UnitAccountTest, JoinsOnlyWhatLiesBehindEachOther) {
  account_.spent(0, {190, 10, 0, 0});
  account_.spent(0, {205, 15, 0, 0});
  account_.spent(0, {215, 3, 0, 0});  // three cycles from 212 on
  const auto sums = end();
  EXPECT_EQ(sums[0][0].working, 20U);
  EXPECT_EQ(sums[1][0].working, 8U);
}

TEST_F(UnitAccountTest, BeginsAnewWithEveryInput) {
  account_.spent(0, {150, 10, 0, 0});
  end();
  account_.begin_iteration(1000);
  account_.spent(0, {1010, 4, 0, 0});
  const auto sums = account_.end_input();
  ASSERT_EQ(sums.size(), 1U);
  EXPECT_EQ(sums[0][0].working, 4U);
}

}  // namespace
}  // namespace airnn::test
