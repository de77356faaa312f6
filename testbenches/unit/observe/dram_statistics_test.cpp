// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/dram/dram_statistics.h"

#include <gtest/gtest.h>

#include <numeric>

#include "testbenches/unit/observe/dram_stream.h"

namespace airnn::test {
namespace {

constexpr AutoPrechargeTiming kStatisticsTiming = {28, 6, 24};

TEST(DramStatistics, CountsCommandsByKindAndBank) {
  const std::vector<CommandIssued> commands = random_commands(3, 2, 5000, kStatisticsTiming);
  DramStatistics statistics(2, 8, kStatisticsTiming);
  std::array<std::uint64_t, kDramCommands> by_kind{};
  std::uint64_t columns_of_bank = 0;
  std::uint64_t columns = 0;
  for (const CommandIssued& command : commands) {
    statistics.issued(command);
    ++by_kind[static_cast<std::size_t>(command.command)];
    if (is_column(command.command)) {
      ++columns;
      columns_of_bank += command.place.rank == 1 && command.place.bank == 3 ? 1 : 0;
    }
  }
  const Cycle end = commands.back().cycle;
  statistics.advance(end);
  const DramCounts counts = statistics.counts();
  EXPECT_EQ(counts.commands, by_kind);
  EXPECT_EQ(statistics.bank_columns(1, 3), columns_of_bank);
  EXPECT_GT(columns_of_bank, 0U);
  EXPECT_EQ(statistics.data_bus_cycles(), 4 * columns);
  EXPECT_EQ(counts.read_commands() + counts.write_commands(), columns);
  EXPECT_EQ(std::accumulate(counts.state_cycles.begin(), counts.state_cycles.end(), Cycle{0}),
            2 * end);
  EXPECT_DOUBLE_EQ(
      counts.row_hit_rate(),
      1 - static_cast<double>(counts.of(DramCommand::activate)) / static_cast<double>(columns));
}

TEST(DramStatistics, MeasuresReadsFromAcceptanceToTheLastData) {
  DramStatistics statistics(1, 8, kStatisticsTiming);
  statistics.served({0, false, RowOutcome::miss, 0, 26});
  statistics.served({1, false, RowOutcome::hit, 4, 30});
  statistics.served({2, true, RowOutcome::conflict, 5, 90});
  statistics.served({3, false, RowOutcome::forwarded, 20, 22});
  statistics.served({4, false, RowOutcome::hit, 30, 85});
  const DramCounts counts = statistics.counts();
  EXPECT_EQ(counts.reads, 4U);
  EXPECT_EQ(counts.writes, 1U);
  EXPECT_EQ(counts.of(RowOutcome::hit), 2U);
  EXPECT_EQ(counts.of(RowOutcome::miss), 1U);
  EXPECT_EQ(counts.of(RowOutcome::conflict), 1U);
  EXPECT_EQ(counts.of(RowOutcome::forwarded), 1U);
  const LatencyHistogram& latency = statistics.read_latency();
  EXPECT_EQ(latency.count(), 4U);
  EXPECT_EQ(latency.min(), 2U);
  EXPECT_EQ(latency.max(), 55U);
  EXPECT_EQ(latency.mean(), (26 + 26 + 2 + 55) / 4.0);
  EXPECT_EQ(latency.percentile(50), 26U);
  EXPECT_EQ(statistics.last_read_cycle(), 85U);
  EXPECT_EQ(statistics.last_completion(), 90U);
}

TEST(DramStatistics, KnowsTheLastReadEvenIfAForwardedOneIsToldLater) {
  DramStatistics statistics(1, 8, kStatisticsTiming);
  statistics.served({0, false, RowOutcome::miss, 0, 26});
  statistics.served({1, false, RowOutcome::forwarded, 11, 13});
  EXPECT_EQ(statistics.last_read_cycle(), 26U);
}

TEST(DramCounts, AddUpAndSubtractInEveryPart) {
  DramCounts first;
  std::uint64_t next = 1;
  for (auto& count : first.commands)
    count = next++;
  for (auto& count : first.outcomes)
    count = next++;
  for (auto& count : first.state_cycles)
    count = next++;
  first.reads = next++;
  first.writes = next++;
  DramCounts sum = first;
  sum += first;
  EXPECT_EQ(sum.of(DramCommand::self_refresh_exit), 24U);
  EXPECT_EQ(sum.of(RowOutcome::forwarded), 32U);
  EXPECT_EQ(sum.of(DramPowerState::self_refresh), 42U);
  EXPECT_EQ(sum.reads, 44U);
  EXPECT_EQ(sum.writes, 46U);
  sum -= first;
  EXPECT_EQ(sum.commands, first.commands);
  EXPECT_EQ(sum.outcomes, first.outcomes);
  EXPECT_EQ(sum.state_cycles, first.state_cycles);
  EXPECT_EQ(sum.reads, first.reads);
  EXPECT_EQ(sum.writes, first.writes);
  EXPECT_EQ(DramCounts().row_hit_rate(), 0.0);
}

}  // namespace
}  // namespace airnn::test
