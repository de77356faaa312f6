// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/dram/dram_power_states.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <set>
#include <string>

#include "testbenches/unit/observe/dram_stream.h"

namespace airnn::test {
namespace {

using testing::ElementsAre;

constexpr AutoPrechargeTiming kPowerTiming = {28, 6, 24};

CommandIssued at(Cycle cycle, DramCommand command, std::uint32_t bank = 0) {
  return {cycle, command, {0, bank, 0, 0}};
}

DramPowerStates::Cycles after(const std::vector<CommandIssued>& commands, Cycle end) {
  DramPowerStates states(1, kPowerTiming);
  for (const CommandIssued& command : commands) {
    states.issued(command);
  }
  states.advance(end);
  return states.rank(0);
}

TEST(DramPowerStates, HaveNamesOfTheirOwn) {
  std::set<std::string> names;
  for (std::size_t i = 0; i < kDramPowerStates; ++i) {
    names.insert(to_string(static_cast<DramPowerState>(i)));
  }
  EXPECT_EQ(names.size(), kDramPowerStates);
  EXPECT_EQ(names.count("unknown"), 0U);
}

TEST(DramPowerStates, ABankIsOpenFromActToPre) {
  EXPECT_THAT(after({at(10, DramCommand::activate), at(21, DramCommand::read),
                     at(50, DramCommand::precharge)},
                    100),
              ElementsAre(40, 60, 0, 0, 0));
}

TEST(DramPowerStates, OneOpenBankIsEnough) {
  EXPECT_THAT(after({at(0, DramCommand::activate, 1), at(5, DramCommand::activate, 2),
                     at(40, DramCommand::precharge, 1), at(60, DramCommand::precharge, 2)},
                    100),
              ElementsAre(60, 40, 0, 0, 0));
  EXPECT_THAT(after({at(0, DramCommand::activate, 1), at(5, DramCommand::activate, 2),
                     at(40, DramCommand::precharge_all)},
                    100),
              ElementsAre(40, 60, 0, 0, 0));
}

TEST(DramPowerStates, AutoPrechargeWaitsForReadWriteAndRas) {
  EXPECT_THAT(after({at(0, DramCommand::activate), at(11, DramCommand::read_auto)}, 100),
              ElementsAre(28, 72, 0, 0, 0))
      << "ACT + tRAS";
  EXPECT_THAT(after({at(0, DramCommand::activate), at(40, DramCommand::read_auto)}, 100),
              ElementsAre(46, 54, 0, 0, 0))
      << "RD + tRTP";
  EXPECT_THAT(after({at(0, DramCommand::activate), at(11, DramCommand::write_auto)}, 100),
              ElementsAre(35, 65, 0, 0, 0))
      << "WR + CWL + 4 + tWR";
}

TEST(DramPowerStates, AutoPrechargeIsOverEvenIfTheCountStopsInBetween) {
  DramPowerStates states(1, kPowerTiming);
  states.issued(at(0, DramCommand::activate));
  states.issued(at(40, DramCommand::read_auto));
  for (Cycle cycle = 41; cycle <= 100; ++cycle) {
    states.advance(cycle);
  }
  EXPECT_THAT(states.rank(0), ElementsAre(46, 54, 0, 0, 0));
}

TEST(DramPowerStates, RefreshCountsAsPrechargeStandby) {
  EXPECT_THAT(after({at(20, DramCommand::refresh)}, 300), ElementsAre(0, 300, 0, 0, 0));
}

TEST(DramPowerStates, PowerDownIsActiveWithABankOpen) {
  EXPECT_THAT(after({at(10, DramCommand::power_down_enter), at(30, DramCommand::power_down_exit),
                     at(40, DramCommand::activate), at(60, DramCommand::power_down_enter),
                     at(90, DramCommand::power_down_exit)},
                    100),
              ElementsAre(30, 20, 30, 20, 0));
}

TEST(DramPowerStates, ABankMayCloseDuringPowerDown) {
  EXPECT_THAT(after({at(0, DramCommand::activate), at(11, DramCommand::read_auto),
                     at(27, DramCommand::power_down_enter)},
                    100),
              ElementsAre(27, 0, 1, 72, 0));
}

TEST(DramPowerStates, SelfRefreshLastsUntilItsExit) {
  EXPECT_THAT(
      after({at(10, DramCommand::self_refresh_enter), at(60, DramCommand::self_refresh_exit)}, 100),
      ElementsAre(0, 50, 0, 0, 50));
}

TEST(DramPowerStates, AreThoseOfEveryCycleOfRandomCommands) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    const std::uint32_t ranks = 1 + seed % 2;
    const std::vector<CommandIssued> commands = random_commands(seed, ranks, 2000, kPowerTiming);
    DramPowerStates states(ranks, kPowerTiming);
    for (const CommandIssued& command : commands) {
      states.issued(command);
      if (command.cycle % 7 == seed % 7) {
        states.advance(command.cycle);
      }
    }
    const Cycle end = commands.back().cycle + 100;
    states.advance(end);
    const auto due = states_by_cycle(commands, ranks, end, kPowerTiming);
    for (std::uint32_t rank = 0; rank < ranks; ++rank) {
      EXPECT_EQ(states.rank(rank), due[rank]) << "seed " << seed << ", rank " << rank;
    }
    const DramPowerStates::Cycles total = states.total();
    EXPECT_EQ(std::accumulate(total.begin(), total.end(), Cycle{0}), end * ranks);
    for (const Cycle cycles : total) {
      EXPECT_GT(cycles, 0U) << "the stream visits every state";
    }
  }
}

}  // namespace
}  // namespace airnn::test
