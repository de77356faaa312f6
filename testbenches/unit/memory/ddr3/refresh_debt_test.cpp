// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/refresh_debt.h"

#include <gtest/gtest.h>

namespace airnn {
namespace {

RefreshDebt::Params params(std::int32_t postponed, std::int32_t pulled_in, Cycle guard = 0) {
  RefreshDebt::Params made;
  made.interval = 100;
  made.max_postponed = postponed;
  made.max_pulled_in = pulled_in;
  made.guard = guard;
  return made;
}

TEST(RefreshDebt, OwesOneMoreEveryInterval) {
  RefreshDebt debt(params(8, 0), 0);
  debt.advance(99);
  EXPECT_FALSE(debt.owes());
  EXPECT_EQ(debt.next_change(99), 100U);
  debt.advance(100);
  EXPECT_TRUE(debt.owes());
  EXPECT_FALSE(debt.must(100));
  debt.refreshed(120);
  EXPECT_FALSE(debt.owes());
  EXPECT_EQ(debt.next_change(120), 200U) << "intervals count from the begin, not from the REF";
}

TEST(RefreshDebt, MustRefreshAtOnceWhereNothingMayBePostponed) {
  RefreshDebt debt(params(0, 0), 0);
  debt.advance(100);
  EXPECT_TRUE(debt.must(100));
  debt.refreshed(105);
  EXPECT_FALSE(debt.must(105));
}

TEST(RefreshDebt, MustRefreshWhenMoreIsOwedThanMayBePostponed) {
  for (std::int32_t most = 0; most < 8; ++most) {
    RefreshDebt debt(params(most, 0), 0);
    const Cycle last_free = static_cast<Cycle>(most + 1) * 100 - 1;
    debt.advance(last_free);
    EXPECT_FALSE(debt.must(last_free)) << most;
    debt.advance(last_free + 1);
    EXPECT_TRUE(debt.must(last_free + 1)) << most;
  }
}

TEST(RefreshDebt, BeginsBeforeANinthWouldBeOwedByTheGuard) {
  constexpr Cycle kGuard = 30;
  RefreshDebt debt(params(8, 0, kGuard), 0);
  debt.advance(869);
  EXPECT_FALSE(debt.must(869)) << "eight are owed, the ninth falls due in cycle 900";
  EXPECT_EQ(debt.next_change(869), 870U);
  debt.advance(870);
  EXPECT_TRUE(debt.must(870));
  debt.refreshed(880);
  EXPECT_FALSE(debt.must(880));
}

TEST(RefreshDebt, LeavesNoNineIntervalsBetweenTwoRefreshesThatWerePulledIn) {
  RefreshDebt debt(params(8, 8), 0);
  for (int i = 0; i < 8; ++i) {
    EXPECT_TRUE(debt.may_pull_in()) << i;
    debt.refreshed(50);
  }
  EXPECT_FALSE(debt.may_pull_in()) << "no more than eight ahead";
  debt.advance(949);
  EXPECT_FALSE(debt.must(949));
  debt.advance(950);
  EXPECT_TRUE(debt.must(950)) << "nine intervals behind the last REF";
}

TEST(RefreshDebt, NothingFallsDueInSelfRefreshAndOneIsOwedBehindIt) {
  RefreshDebt debt(params(8, 0), 0);
  debt.self_refresh_entered();
  debt.advance(100000);
  EXPECT_FALSE(debt.owes());
  EXPECT_EQ(debt.next_change(100000), kNever);
  debt.self_refresh_left(100000);
  EXPECT_TRUE(debt.owes());
  EXPECT_FALSE(debt.must(100000));
  debt.advance(100100);
  debt.refreshed(100100);
  EXPECT_TRUE(debt.owes()) << "the one of leaving and the one of the interval";
}

TEST(RefreshDebt, SwitchedOffNothingIsEverOwed) {
  RefreshDebt::Params off = params(0, 8);
  off.enabled = false;
  RefreshDebt debt(off, 0);
  debt.advance(1000000);
  EXPECT_FALSE(debt.owes());
  EXPECT_FALSE(debt.must(1000000));
  EXPECT_FALSE(debt.may_pull_in());
  EXPECT_EQ(debt.next_change(0), kNever);
}

}  // namespace
}  // namespace airnn
