// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/rules/running_group.h"

#include <gtest/gtest.h>

#include <string>

#include "hw/monitor/rules/result_rule.h"

namespace airnn::test {
namespace {

/// A group of three inputs under its rules; what they say as text.
class RunningGroupTest : public testing::Test {
 protected:
  RunningGroupTest() {
    group_.job({0, 4, 3});
    enter(ControllerState::reset_buffers, 4, 1);
    enter(ControllerState::fetch_batch, 4, 1);
  }

  void enter(ControllerState state, std::uint32_t input, std::uint32_t iteration) {
    group_.entered({++cycle_, state, input, iteration});
  }
  void turn(std::uint32_t input, std::uint32_t iteration, bool terminates = false) {
    enter(ControllerState::compute, input, iteration);
    group_.decided({cycle_, {0, 0, terminates ? 1U : 0U, input, iteration}});
  }

  Cycle cycle_ = 0;
  std::string told_;
  RuleReporter reporter_{[this](const Violation& violation) {
    told_ += to_string(violation.rule) + " " + std::to_string(violation.cycle) + ": " +
             violation.seen + "; " + violation.due + "\n";
  }};
  RunningGroup group_{reporter_};
};

TEST_F(RunningGroupTest, AllowsTurnsInOrderUntilAllHaveEnded) {
  turn(4, 1);
  turn(5, 1, true);
  turn(6, 1);
  enter(ControllerState::fetch_batch, 4, 2);
  turn(4, 2, true);
  EXPECT_FALSE(group_.ends());
  turn(6, 2, true);
  EXPECT_TRUE(group_.ends());
  enter(ControllerState::idle, 6, 2);
  EXPECT_EQ(told_, "");
}

TEST_F(RunningGroupTest, RefusesTurnsOutOfOrder) {
  turn(5, 1);
  EXPECT_EQ(told_, "P5 3: the turn of input 5; that of input 4\n");
}

TEST_F(RunningGroupTest, RefusesASecondTurn) {
  turn(4, 1);
  turn(4, 1);
  EXPECT_EQ(told_, "P5 4: the turn of input 4; that of input 5\n");
}

TEST_F(RunningGroupTest, RefusesAnIterationThatLeavesOneOut) {
  turn(4, 1);
  turn(5, 1);
  enter(ControllerState::fetch_batch, 4, 2);
  EXPECT_EQ(told_, "P5 5: no turn of input 6 in iteration 1; one for each input that goes on\n");
}

TEST_F(RunningGroupTest, RefusesATurnAfterTerminate) {
  turn(4, 1, true);
  turn(5, 1);
  turn(6, 1);
  enter(ControllerState::fetch_batch, 5, 2);
  turn(4, 2);
  EXPECT_EQ(told_, "P7 7: a computation for input 4; none after *terminate*\n");
}

TEST_F(RunningGroupTest, RefusesAFetchForNobody) {
  for (const std::uint32_t input : {4U, 5U, 6U}) {
    turn(input, 1, true);
  }
  enter(ControllerState::fetch_batch, 6, 2);
  EXPECT_EQ(told_, "P7 6: a fetch when no input goes on; the end of the group\n");
}

TEST_F(RunningGroupTest, RefusesAnEndThatComesTooEarly) {
  turn(4, 1, true);
  enter(ControllerState::idle, 4, 1);
  EXPECT_EQ(told_, "P7 4: the end of a group of which 2 inputs go on; a result for each\n");
}

/// Also where no fetch follows, as the next input of the group takes its turn.
TEST(ResultRule, RefusesAnotherTurnBeforeTheResult) {
  std::string told;
  RuleReporter reporter([&told](const Violation& violation) {
    told += to_string(violation.rule) + ": " + violation.seen + "; " + violation.due + "\n";
  });
  ResultRule rule(reporter);
  reporter.entered({10, ControllerState::await_decision, 4, 1});
  rule.decided({12, {0, 0, 1, 4, 1}});
  rule.entered({12, ControllerState::compute, 5, 1});
  EXPECT_EQ(told, "P7: Compute after *terminate*; the result\n");
}

}  // namespace
}  // namespace airnn::test
