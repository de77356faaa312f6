// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/dram/dram_account.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>

#include "testbenches/unit/observe/dram_stream.h"

namespace airnn::test {
namespace {

constexpr AutoPrechargeTiming kTiming = {28, 6, 24};
constexpr std::uint32_t kRanks = 2;

/// Commands with the services that follow them.
DramStretch random_stretch(unsigned seed) {
  std::mt19937 random(seed);
  DramStretch stretch;
  for (const CommandIssued& command : random_commands(seed, kRanks, 400, kTiming)) {
    stretch.events.emplace_back(command);
    if (is_column(command.command)) {
      const Cycle waited = random() % 100;
      const Cycle arrival = command.cycle - std::min(command.cycle, waited);
      stretch.events.emplace_back(RequestServed{random() % 32, is_write(command.command),
                                                static_cast<RowOutcome>(random() % kRowOutcomes),
                                                arrival, command.cycle + 15});
    }
  }
  return stretch;
}

Cycle end_of(const DramStretch& stretch) {
  Cycle end = 0;
  for (const auto& event : stretch.events) {
    if (const auto* command = std::get_if<CommandIssued>(&event)) {
      end = command->cycle + 1;
    }
  }
  return end;
}

/// Returns the requests of the part.
std::uint64_t expect_equal(const DramCounts& got, const DramCounts& due) {
  EXPECT_EQ(got.commands, due.commands);
  EXPECT_EQ(got.outcomes, due.outcomes);
  EXPECT_EQ(got.reads, due.reads);
  EXPECT_EQ(got.writes, due.writes);
  EXPECT_EQ(got.state_cycles, due.state_cycles);
  return due.reads + due.writes;
}

TEST(DramAccount, CountsAStretchAtOnceAsItsEvents) {
  const auto early = [] { return Cycle{0}; };
  for (unsigned seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::vector<std::shared_ptr<const DramStretch>> stretches;
    for (unsigned i = 0; i < 3; ++i) {
      stretches.push_back(std::make_shared<const DramStretch>(random_stretch(3 * seed + i)));
    }
    DramAccount at_once(DramStatistics(kRanks, 8, kTiming), early);
    DramAccount one_by_one(DramStatistics(kRanks, 8, kTiming), early);
    DramListener& events = one_by_one;
    Cycle begin = 0;
    Cycle part = 0;
    std::uint64_t told = 0;
    std::uint64_t counted = 0;
    for (unsigned i = 0; i < 12; ++i) {
      const DramReplay replay{begin, stretches[random() % 3]};
      const Cycle length = end_of(*replay.stretch);
      at_once.replayed(replay);
      events.DramListener::replayed(replay);
      for (const auto& event : replay.stretch->events) {
        told += std::holds_alternative<RequestServed>(event) ? 1 : 0;
      }
      // Parts end between two stretches, within one, and behind its last command.
      for (auto parts = random() % 3; parts > 0; --parts) {
        const Cycle most[] = {length / 2, length - 1, length, length + 20};
        part = std::max(part, begin + most[random() % 4]);
        SCOPED_TRACE(part);
        counted += expect_equal(at_once.end_part(part), one_by_one.end_part(part));
      }
      begin = std::max(begin + length, part) + random() % 50;
    }
    counted += expect_equal(at_once.end_part(begin), one_by_one.end_part(begin));
    EXPECT_EQ(counted, told);
    EXPECT_GT(told, 1000U);
  }
}

TEST(DramSums, AddsWhatComesLater) {
  const DramStretch stretch = random_stretch(5);
  const DramReplay replay{70000, std::make_shared<const DramStretch>(stretch)};
  DramStatistics at_once(kRanks, 8, kTiming);
  DramStatistics one_by_one(kRanks, 8, kTiming);
  one_by_one.replayed(replay);
  at_once.repeated(at_once.sums_of(stretch), replay.begin);
  for (std::uint32_t bank = 0; bank < 8; ++bank) {
    EXPECT_EQ(at_once.bank_columns(1, bank), one_by_one.bank_columns(1, bank));
  }
  EXPECT_GT(at_once.read_latency().count(), 0U);
  EXPECT_EQ(at_once.read_latency().count(), one_by_one.read_latency().count());
  EXPECT_EQ(at_once.read_latency().sum(), one_by_one.read_latency().sum());
  EXPECT_EQ(at_once.read_latency().percentile(90), one_by_one.read_latency().percentile(90));
  EXPECT_EQ(at_once.last_read_cycle(), one_by_one.last_read_cycle());
  EXPECT_GT(at_once.last_read_cycle(), replay.begin);
  EXPECT_EQ(at_once.last_completion(), one_by_one.last_completion());
}

}  // namespace
}  // namespace airnn::test
