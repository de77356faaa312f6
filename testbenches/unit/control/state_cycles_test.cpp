// SPDX-License-Identifier: Apache-2.0
#include "hw/control/state_cycles.h"

#include <gtest/gtest.h>

namespace airnn::test {
namespace {

/// A state of ten cycles, in which a fetch worked for three and was blocked for two.
CyclesSpent of_ten(ControllerState state) {
  StateCycles cycles;
  cycles.begin(100);
  return cycles.end(state, 110, 3, 2).value();
}

void expect_spent(const CyclesSpent& spent, Cycle working, Cycle input, Cycle credit) {
  EXPECT_EQ(spent.until, 110U);
  EXPECT_EQ(spent.working, working);
  EXPECT_EQ(spent.waiting_for_input, input);
  EXPECT_EQ(spent.waiting_for_credit, credit);
}

TEST(StateCycles, OfAFetchAreWhatItDidAndElseWaiting) {
  for (const ControllerState state :
       {ControllerState::boot, ControllerState::load_input, ControllerState::fetch_batch,
        ControllerState::compute, ControllerState::await_decision}) {
    SCOPED_TRACE(to_string(state));
    expect_spent(of_ten(state), 3, 5, 2);
  }
}

TEST(StateCycles, OfAMessageAreOneOfWorkAndElseWaitingForTablesBeforeItAndUnitsBehindIt) {
  for (const ControllerState state : {ControllerState::reset_buffers, ControllerState::configure}) {
    SCOPED_TRACE(to_string(state));
    StateCycles cycles;
    cycles.begin(100);
    EXPECT_FALSE(cycles.has_sent());
    cycles.sent(105);
    EXPECT_TRUE(cycles.has_sent());
    expect_spent(cycles.end(state, 110, 3, 0).value(), 4, 2, 4);
    EXPECT_FALSE(cycles.has_sent()) << "the next state sends anew";
  }
}

TEST(StateCycles, OfDrainingAreWaiting) {
  expect_spent(of_ten(ControllerState::drain), 0, 10, 0);
}

TEST(StateCycles, OfTheEndWaitForTheFetchGivenUpAndThenForTheHost) {
  StateCycles cycles;
  cycles.begin(100);
  EXPECT_FALSE(cycles.is_settled());
  cycles.settled(104);
  EXPECT_TRUE(cycles.is_settled());
  expect_spent(cycles.end(ControllerState::finish, 110, 0, 0).value(), 1, 4, 5);
  EXPECT_FALSE(cycles.is_settled()) << "the next input ends anew";
}

TEST(StateCycles, OfTheIdleControllerAreNobodys) {
  StateCycles cycles;
  EXPECT_FALSE(cycles.end(ControllerState::idle, 110, 0, 0).has_value());
}

}  // namespace
}  // namespace airnn::test
