// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/ddr3_rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "hw/memory/ddr3/ddr3_timing.h"
#include "testbenches/reference/ddr3_history.h"
#include "testbenches/unit/memory/ddr3/dram_cases.h"

namespace airnn::test {
namespace {

constexpr std::uint32_t kRanks = 2;
constexpr std::uint32_t kBanks = 8;
constexpr std::uint32_t kBank = 3;                   ///< of rank 0; gets the commands of `from`
constexpr std::uint32_t kNeighbour = 5;              ///< of the same rank
constexpr std::uint32_t kStranger = kBanks + kBank;  ///< of the other rank
constexpr Cycle kStart = 1000;

std::string text(const Ddr3Rule& rule) {
  return std::string(rule.name) + " " + mnemonic(rule.from) + ">" + mnemonic(rule.to) + " " +
         std::to_string(rule.cycles);
}

DramPlace place_of(std::uint32_t bank, DramCommand command) {
  const std::uint32_t rank = bank / kBanks;
  return {rank, is_to_bank(command) ? bank % kBanks : 0, 0, 0};
}

class Ddr3Rules : public testing::TestWithParam<std::size_t> {
 protected:
  Ddr3Rules() : part_(dram_parts()[GetParam()]), rules_(ddr3_rules(part_.timing)) {
    part_.geometry.ranks = kRanks;
    part_.geometry.banks = kBanks;
  }

  /// Bound for `to` in `bank` after `from` in kBank, with nothing else before.
  Cycle engine_bound(const std::vector<Ddr3Rule>& rules, DramCommand from, DramCommand to,
                     std::uint32_t bank) const {
    Ddr3Timing timing(rules, kRanks, kBanks);
    timing.record(from, kBank, kStart);
    return timing.earliest(to, bank);
  }

  /// The same by the formulas of the reference.
  Cycle reference_bound(DramCommand from, DramCommand to, std::uint32_t bank) const {
    Ddr3History history(part_.timing, part_.geometry);
    history.record({kStart, from, place_of(kBank, from)});
    Cycle due = 0;
    for (const Ddr3Demand& demand : history.demands(to, place_of(bank, to))) {
      due = std::max(due, demand.due);
    }
    return due;
  }

  /// What the table says for the pair.
  Cycle table_bound(DramCommand from, DramCommand to, std::uint32_t bank) const {
    Cycle bound = 0;
    for (const Ddr3Rule& rule : rules_) {
      const bool in_scope = rule.scope == RuleScope::same_bank   ? bank == kBank
                            : rule.scope == RuleScope::same_rank ? bank / kBanks == 0
                                                                 : bank / kBanks != 0;
      if (rule.from == from && rule.to == to && rule.count == 1 && in_scope) {
        bound = std::max(bound, kStart + rule.cycles);
      }
    }
    return bound;
  }

  Ddr3Part part_;
  std::vector<Ddr3Rule> rules_;
};

TEST_P(Ddr3Rules, EachBoundsItsCommandInItsScopeAndNowhereElse) {
  for (const Ddr3Rule& rule : rules_) {
    SCOPED_TRACE(text(rule));
    Ddr3Timing timing({rule}, kRanks, kBanks);
    for (std::uint32_t n = 0; n + 1 < rule.count; ++n) {
      timing.record(rule.from, n, kStart + n);
      EXPECT_EQ(timing.earliest(rule.to, kBank), 0U) << "not yet so many";
    }
    timing.record(rule.from, kBank, kStart + rule.count - 1);
    const Cycle due = kStart + rule.cycles;  // from the first of them
    const bool same_rank = rule.scope == RuleScope::same_rank;
    EXPECT_EQ(timing.earliest(rule.to, kBank), rule.scope == RuleScope::other_rank ? 0 : due);
    EXPECT_EQ(timing.earliest(rule.to, kNeighbour), same_rank ? due : 0);
    EXPECT_EQ(timing.earliest(rule.to, kStranger), rule.scope == RuleScope::other_rank ? due : 0);
    for (std::size_t other = 0; other < kDramCommands; ++other) {
      const auto command = static_cast<DramCommand>(other);
      if (command != rule.to) {
        EXPECT_EQ(timing.earliest(command, kBank), 0U) << mnemonic(command);
        EXPECT_EQ(timing.earliest(command, kStranger), 0U) << mnemonic(command);
      }
    }
  }
}

TEST_P(Ddr3Rules, OverSeveralCommandsCountBackFromTheLast) {
  const auto window = std::find_if(rules_.begin(), rules_.end(),
                                   [](const Ddr3Rule& rule) { return rule.count > 1; });
  ASSERT_NE(window, rules_.end());
  Ddr3Timing timing({*window}, kRanks, kBanks);
  std::vector<Cycle> cycles;
  for (std::uint32_t n = 0; n < 30; ++n) {
    // Uneven distances; the other rank has commands of its own.
    cycles.push_back(n == 0 ? 100 : cycles.back() + 1 + n * n % 7);
    timing.record(window->from, n % kBanks, cycles.back());
    timing.record(window->from, kBanks + n % kBanks, cycles.back() + 1000);
    if (cycles.size() >= window->count) {
      EXPECT_EQ(timing.earliest(window->to, n % kBanks),
                cycles[cycles.size() - window->count] + window->cycles);
    }
  }
}

TEST_P(Ddr3Rules, TogetherAllowACommandWhenTheLastOfThemDoes) {
  for (std::size_t from = 0; from < kDramCommands; ++from) {
    for (std::size_t to = 0; to < kDramCommands; ++to) {
      for (const std::uint32_t bank : {kBank, kNeighbour, kStranger}) {
        const auto earlier = static_cast<DramCommand>(from);
        const auto later = static_cast<DramCommand>(to);
        EXPECT_EQ(engine_bound(rules_, earlier, later, bank), table_bound(earlier, later, bank))
            << mnemonic(earlier) << '>' << mnemonic(later) << " of bank " << bank;
      }
    }
  }
}

/// Between these lies what closed the bank, which the reference asks for instead.
bool needs_a_closing_command(DramCommand from, DramCommand to, std::uint32_t bank) {
  using C = DramCommand;
  return from == C::activate && (to == C::refresh || to == C::self_refresh_enter) &&
         bank / kBanks == 0;
}

TEST_P(Ddr3Rules, AgreeWithTheReferenceForEveryPairOfCommands) {
  for (std::size_t from = 0; from < kDramCommands; ++from) {
    for (std::size_t to = 0; to < kDramCommands; ++to) {
      for (const std::uint32_t bank : {kBank, kNeighbour, kStranger}) {
        const auto earlier = static_cast<DramCommand>(from);
        const auto later = static_cast<DramCommand>(to);
        if (!needs_a_closing_command(earlier, later, bank)) {
          EXPECT_EQ(engine_bound(rules_, earlier, later, bank),
                    reference_bound(earlier, later, bank))
              << mnemonic(earlier) << '>' << mnemonic(later) << " of bank " << bank;
        }
      }
    }
  }
}

TEST_P(Ddr3Rules, AgreeWithTheReferenceOnRowsThatCloseThemselves) {
  using C = DramCommand;
  for (const C column : {C::read_auto, C::write_auto}) {
    for (const C to : {C::activate, C::refresh, C::self_refresh_enter}) {
      for (const Cycle distance : {Cycle{1}, part_.timing.rcd, part_.timing.rc}) {
        Ddr3Timing timing(rules_, kRanks, kBanks);
        Ddr3History history(part_.timing, part_.geometry);
        timing.record(C::activate, kBank, kStart);
        timing.record(column, kBank, kStart + distance);
        history.record({kStart, C::activate, place_of(kBank, C::activate)});
        history.record({kStart + distance, column, place_of(kBank, column)});
        Cycle due = 0;
        for (const Ddr3Demand& demand : history.demands(to, place_of(kBank, to))) {
          due = std::max(due, demand.due);
        }
        EXPECT_EQ(timing.earliest(to, kBank), due)
            << mnemonic(column) << '>' << mnemonic(to) << " after " << distance;
      }
    }
  }
}

TEST_P(Ddr3Rules, AreNotSaidTwice) {
  std::set<std::tuple<std::string, DramCommand, DramCommand, RuleScope, std::uint32_t>> seen;
  for (const Ddr3Rule& rule : rules_) {
    EXPECT_TRUE(seen.emplace(rule.name, rule.from, rule.to, rule.scope, rule.count).second)
        << text(rule);
    EXPECT_GT(rule.cycles, 0U) << text(rule);
  }
}

INSTANTIATE_TEST_SUITE_P(Parts, Ddr3Rules, testing::Range<std::size_t>(0, 6));

}  // namespace
}  // namespace airnn::test
