// SPDX-License-Identifier: Apache-2.0
#include "hw/control/fetch/fetch_account.h"

#include <gtest/gtest.h>

namespace airnn::test {
namespace {

TEST(FetchAccount, CountsABlockedStretchWithoutTheCyclesInWhichReadsWereIssued) {
  FetchAccount account;
  account.work();
  account.refuse(10);
  account.work();  // a read in 10
  account.refuse(11);
  account.refuse(12);
  account.work();  // and in 12
  EXPECT_TRUE(account.is_blocked());
  account.send(15);
  account.work();
  EXPECT_FALSE(account.is_blocked());
  const FetchAccount::Cycles cycles = account.take(20);
  EXPECT_EQ(cycles.working, 4U);
  EXPECT_EQ(cycles.blocked, 3U) << "10 to 14, but for 10 and 12";
}

TEST(FetchAccount, CutsABlockedStretchWhereItIsAsked) {
  FetchAccount account;
  account.refuse(10);
  EXPECT_EQ(account.take(14).blocked, 4U);
  EXPECT_TRUE(account.is_blocked());
  account.send(20);
  EXPECT_EQ(account.take(20).blocked, 6U);
  EXPECT_EQ(account.take(30).blocked, 0U);
}

TEST(FetchAccount, ForgetsABeatThatIsGivenUp) {
  FetchAccount account;
  account.refuse(10);
  account.give_up();
  account.work(7);
  const FetchAccount::Cycles cycles = account.take(50);
  EXPECT_EQ(cycles.blocked, 0U);
  EXPECT_EQ(cycles.working, 7U);
}

}  // namespace
}  // namespace airnn::test
