// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/jedec/jedec_monitor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <stdexcept>

#include "hw/memory/ddr3/dram_trace_run.h"
#include "testbenches/support/effort.h"
#include "testbenches/unit/memory/ddr3/dram_cases.h"
#include "testbenches/unit/memory/ddr3/dram_run.h"
#include "testbenches/unit/memory/ddr3/planted_rules.h"

namespace airnn::test {
namespace {

using C = DramCommand;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Ddr3Geometry two_ranks() {
  Ddr3Geometry geometry;
  geometry.ranks = 2;
  return geometry;
}

/// A monitor and what it reported.
class Watched {
 public:
  explicit Watched(const Ddr3TimingParams& timing = {}, const Ddr3Geometry& geometry = two_ranks(),
                   bool refreshes = false)
      : monitor(timing, geometry, refreshes,
                [this](const JedecViolation& violation) { violations.push_back(violation); }) {}
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;

  std::vector<std::string> rules() const {
    std::vector<std::string> names;
    for (const JedecViolation& violation : violations) {
      names.emplace_back(violation.rule);
    }
    return names;
  }
  std::vector<std::string> texts() const {
    std::vector<std::string> all;
    for (const JedecViolation& violation : violations) {
      all.push_back(violation.text());
    }
    return all;
  }

  std::vector<JedecViolation> violations;
  JedecMonitor monitor;
};

std::vector<std::string> broken_rules(const std::vector<CommandIssued>& commands,
                                      const Ddr3TimingParams& timing = {}, bool refreshes = false) {
  Watched watched(timing, two_ranks(), refreshes);
  for (const CommandIssued& command : commands) {
    watched.monitor.issued(command);
  }
  return watched.rules();
}

TEST(JedecMonitor, AcceptsEveryRuleInTimeAndReportsItOneCycleEarlier) {
  for (const PlantedRule& plan : planted_rules()) {
    SCOPED_TRACE(plan.rule + ": " + mnemonic(plan.before.back().command) + " > " +
                 mnemonic(plan.last.command));
    for (const bool early : {false, true}) {
      Watched watched;
      for (const PlantedStep& step : plan.before) {
        watched.monitor.issued(step.event());
      }
      CommandIssued last = plan.last.event();
      last.cycle -= early ? 1 : 0;
      watched.monitor.issued(last);
      if (!early) {
        EXPECT_THAT(watched.texts(), IsEmpty());
        continue;
      }
      ASSERT_THAT(watched.rules(), ElementsAre(plan.rule));
      const JedecViolation& violation = watched.violations.front();
      EXPECT_EQ(violation.seen.cycle, plan.last.cycle - 1);
      EXPECT_EQ(violation.seen.command, plan.last.command);
      EXPECT_TRUE(violation.seen.place == last.place);
      const std::string seen = "seen in tCK " + std::to_string(plan.last.cycle - 1) + ": ";
      const std::string due = plan.rule == "one command per tCK"
                                  ? "the one before was in " + std::to_string(last.cycle)
                                  : ", due in " + std::to_string(plan.last.cycle);
      EXPECT_THAT(violation.text(), HasSubstr(seen));
      EXPECT_THAT(violation.text(), testing::EndsWith(due));
    }
  }
}

TEST(JedecMonitor, SaysWhatWasSeenWhereAndWhenItWasDue) {
  Watched watched;
  watched.monitor.issued({100, C::activate, {1, 3, 77, 0}});
  watched.monitor.issued({110, C::read, {1, 3, 77, 16}});
  watched.monitor.issued({200, C::write, {1, 3, 78, 16}});
  watched.monitor.issued({300, C::refresh, {1, 0, 0, 0}});
  watched.monitor.issued({400, C::precharge, {0, 5, 0, 0}});
  EXPECT_THAT(
      watched.texts(),
      ElementsAre("tRCD: RD to rank 1 bank 3 row 77 column 16 seen in tCK 110: after ACT in 100, "
                  "due in 111",
                  "state: WR to rank 1 bank 3 row 78 column 16 seen in tCK 200: another row is "
                  "open",
                  "state: REF to rank 1 seen in tCK 300: a bank is open",
                  "state: PRE to rank 0 bank 5 seen in tCK 400: the bank is closed"));
}

TEST(JedecMonitor, ReportsEveryRuleThatACommandBreaks) {
  EXPECT_THAT(broken_rules({{0, C::activate, {}}, {1, C::precharge, {}}, {2, C::activate, {}}}),
              ElementsAre("tRAS", "tRC", "tRRD", "tRP"));
}

TEST(JedecMonitor, ReportsRulesThatOthersHideInTheDefaultPart) {
  Ddr3TimingParams timing;
  timing.rc = 45;
  EXPECT_THAT(
      broken_rules({{0, C::activate, {}}, {28, C::precharge, {}}, {45, C::activate, {}}}, timing),
      IsEmpty());
  EXPECT_THAT(
      broken_rules({{0, C::activate, {}}, {28, C::precharge, {}}, {44, C::activate, {}}}, timing),
      ElementsAre("tRC"));
  timing.cke = 8;
  EXPECT_THAT(broken_rules({{0, C::power_down_enter, {}},
                            {8, C::power_down_exit, {}},
                            {15, C::power_down_enter, {}}},
                           timing),
              ElementsAre("tCKE"));
  timing.rp = 9;
  EXPECT_THAT(
      broken_rules({{0, C::activate, {}}, {40, C::read_auto, {}}, {55, C::self_refresh_enter, {}}},
                   timing),
      ElementsAre("read data"));
}

TEST(JedecMonitor, ReportsPlacesThatAreNotThereAndGoesOn) {
  for (const DramPlace& place :
       {DramPlace{2, 0, 0, 0}, DramPlace{0, 8, 0, 0}, DramPlace{0, 0, 65536, 0},
        DramPlace{0, 0, 0, 1024}, DramPlace{0, 0, 0, 4}}) {
    for (const C command : {C::activate, C::read, C::refresh}) {
      Watched watched;
      watched.monitor.issued({0, command, place});
      watched.monitor.issued({5, C::activate, {0, 1, 0, 0}});
      EXPECT_EQ(watched.rules().front(), "place") << mnemonic(command);
    }
  }
  EXPECT_THAT(broken_rules({{0, C::refresh, {0, 1, 0, 0}}}), ElementsAre("place"));
  EXPECT_THAT(broken_rules({{0, C::activate, {0, 1, 0, 8}}}), ElementsAre("place"));
}

TEST(JedecMonitor, ReportsRefreshesThatComeTooLateOrNotAtAll) {
  const Ddr3TimingParams timing;
  const Ddr3Geometry one_rank;
  Watched watched(timing, one_rank, true);
  watched.monitor.finish(9 * timing.refi - 1);
  EXPECT_THAT(watched.texts(), IsEmpty());
  watched.monitor.finish(9 * timing.refi);
  EXPECT_THAT(watched.rules(), ElementsAre("refreshes postponed"));

  Watched without(timing, one_rank, false);
  without.monitor.finish(100 * timing.refi);
  EXPECT_THAT(without.texts(), IsEmpty());
}

TEST(JedecMonitor, CountsRefreshesAnewFromARestart) {
  const Ddr3TimingParams timing;
  Watched watched(timing, {}, true);
  Cycle cycle = 0;
  // Inputs so short that every one adds a refresh to those that are due.
  for (int input = 0; input < 20; ++input) {
    watched.monitor.settle();
    watched.monitor.issued({cycle, C::refresh, {}});
    cycle += timing.rfc;
    watched.monitor.restart(cycle);
  }
  EXPECT_THAT(watched.texts(), IsEmpty());
  watched.monitor.finish(cycle + 9 * timing.refi - 1);
  EXPECT_THAT(watched.texts(), IsEmpty());
  watched.monitor.finish(cycle + 9 * timing.refi);
  EXPECT_THAT(watched.rules(), ElementsAre("refreshes postponed"));

  // While a channel settles nothing counts as pulled in; else the ninth does.
  for (const bool settles : {false, true}) {
    Watched ahead(timing, {}, true);
    for (Cycle i = 0; i < 9; ++i) {
      if (i == 8 && settles) {
        ahead.monitor.settle();
      }
      ahead.monitor.issued({i * timing.rfc, C::refresh, {}});
    }
    EXPECT_EQ(ahead.rules().size(), settles ? 0U : 1U);
    ahead.violations.clear();
    ahead.monitor.restart(9 * timing.rfc);
    for (Cycle i = 9; i < 18; ++i) {
      ahead.monitor.issued({i * timing.rfc, C::refresh, {}});
    }
    EXPECT_THAT(ahead.rules(), ElementsAre("refreshes pulled in"));
  }
}

TEST(JedecMonitor, MayBeLeftByAnException) {
  JedecMonitor monitor({}, two_ranks(), false, [](const JedecViolation& violation) {
    throw std::runtime_error(violation.text());
  });
  EXPECT_THROW(monitor.issued({0, C::read, {}}), std::runtime_error);
  EXPECT_NO_THROW(monitor.issued({0, C::activate, {}}));
}

/// The commands of a channel with the requests of a case.
DramRun run_of(const DramCase& drawn) {
  DramRun run;
  Ddr3Channel channel(drawn.params, run);
  DramTraceRun<Ddr3Channel> trace(channel);
  for (const DramRequest& request : requests_of(drawn.traffic)) {
    trace.offer(request, [] { return true; });
  }
  channel.run_until_idle();
  run.end = channel.now() + drawn.tail;
  channel.run_until(run.end);
  return run;
}

/// A report in words that both checkers share.
using Words = std::vector<std::string>;

Words in_words(const std::string& rule, const CommandIssued& seen, const std::string& why) {
  const DramPlace& place = seen.place;
  return {std::to_string(seen.cycle), mnemonic(seen.command),    rule, std::to_string(place.rank),
          std::to_string(place.bank), std::to_string(place.row), why};
}

std::vector<Words> reports_of_monitor(const Ddr3ChannelParams& params, const DramRun& run) {
  Watched watched(params.part.timing, params.part.geometry, params.refresh);
  for (const CommandIssued& command : run.commands) {
    watched.monitor.issued(command);
  }
  watched.monitor.finish(run.end);
  std::vector<Words> reports;
  for (const JedecViolation& violation : watched.violations) {
    reports.push_back(in_words(violation.rule, violation.seen, violation.why));
  }
  std::sort(reports.begin(), reports.end());
  return reports;
}

std::vector<Words> reports_of_checker(const Ddr3ChannelParams& params, const DramRun& run) {
  const Ddr3Checker checker = checked(params, run);
  std::vector<Words> reports;
  for (const Ddr3Violation& violation : checker.violations()) {
    reports.push_back(in_words(
        violation.rule, {violation.cycle, violation.command, violation.place}, violation.what));
  }
  std::sort(reports.begin(), reports.end());
  return reports;
}

enum class Damage { early, dropped, doubled, swapped };

void damage(std::vector<CommandIssued>& commands, Damage kind, std::mt19937& random) {
  const std::size_t i = 1 + random() % (commands.size() - 1);
  const auto at = commands.begin() + static_cast<std::ptrdiff_t>(i);
  switch (kind) {
    case Damage::early:
      at->cycle -= at->cycle > 0 ? 1 : 0;
      break;
    case Damage::dropped:
      commands.erase(at);
      break;
    case Damage::doubled: {
      CommandIssued again = *at;
      again.cycle += random() % 2;
      commands.insert(at + 1, again);
      break;
    }
    case Damage::swapped:
      std::swap(at->command, (at - 1)->command);
      std::swap(at->place, (at - 1)->place);
      break;
  }
}

/// In the order of dram_policies(), `seeds` channels for each combination of policies.
template <typename Visit>
void each_case(std::uint64_t first_seed, std::uint64_t seeds, const Visit& visit) {
  for (const DramPolicies& policies : dram_policies()) {
    for (std::uint64_t seed = first_seed; seed < first_seed + seeds; ++seed) {
      const DramCase drawn(policies, seed);
      SCOPED_TRACE("seed " + std::to_string(seed) + ": " + drawn.text());
      visit(drawn);
      if (testing::Test::HasFailure()) {
        return;
      }
    }
  }
}

TEST(JedecMonitor, AcceptsEveryCommandOfTheChannel) {
  std::map<C, std::uint64_t> seen;
  each_case(0, drawn_cases(8), [&](const DramCase& drawn) {
    const DramRun run = run_of(drawn);
    for (const CommandIssued& command : run.commands) {
      ++seen[command.command];
    }
    EXPECT_THAT(reports_of_monitor(drawn.params, run), IsEmpty());
  });
  EXPECT_EQ(seen.size(), kDramCommands);
}

TEST(JedecMonitor, ReportsOfAReplayWhatItReportsOfItsCommands) {
  std::mt19937 random(5);
  unsigned accepted = 0;
  unsigned refused = 0;
  each_case(0, 4, [&](const DramCase& drawn) {
    const DramRun run = run_of(drawn);
    auto stretch = std::make_shared<DramStretch>();
    for (std::size_t i = 0; i < std::min<std::size_t>(run.commands.size(), 40); ++i) {
      stretch->events.emplace_back(run.commands[i]);
    }
    const Ddr3Part& part = drawn.params.part;
    Watched at_once(part.timing, part.geometry, drawn.params.refresh);
    Watched one_by_one(part.timing, part.geometry, drawn.params.refresh);
    Cycle begin = 0;
    for (int round = 0; round < 12; ++round) {
      const std::size_t before = one_by_one.violations.size();
      at_once.monitor.restart(begin);
      one_by_one.monitor.restart(begin);
      const DramReplay replay{begin, stretch};
      at_once.monitor.replayed(replay);
      replay.for_each([&](const CommandIssued& event) { one_by_one.monitor.issued(event); },
                      [](const RequestServed&) {});
      ASSERT_EQ(at_once.texts(), one_by_one.texts()) << "round " << round;
      (one_by_one.violations.size() == before ? accepted : refused) += 1;
      // Rows stay open where the stretch ends, so the next round may break rules of state, or come
      // too early.
      const CommandIssued closing = {
          begin + run.commands.back().cycle + 2000, C::precharge_all, {}};
      const bool is_closed = random() % 4 != 0;
      if (is_closed) {
        for (std::uint32_t rank = 0; rank < part.geometry.ranks; ++rank) {
          CommandIssued close = closing;
          close.cycle += rank;
          close.place.rank = rank;
          at_once.monitor.issued(close);
          one_by_one.monitor.issued(close);
        }
      }
      begin =
          closing.cycle + std::uniform_int_distribution<Cycle>(4, is_closed ? 4000 : 40)(random);
    }
  });
  EXPECT_GT(accepted, 0U);
  EXPECT_GT(refused, 0U);
}

TEST(JedecMonitor, ReportsTheSameAsTheCheckerForDamagedStreams) {
  constexpr int kDamages = 12;
  std::set<std::string> rules;
  std::mt19937 random(7);
  for (const Damage kind : {Damage::early, Damage::dropped, Damage::doubled, Damage::swapped}) {
    std::uint64_t reported = 0;
    each_case(100 + 10 * static_cast<std::uint64_t>(kind), 3, [&](const DramCase& drawn) {
      DramRun run = run_of(drawn);
      for (int i = 0; i < kDamages; ++i) {
        damage(run.commands, kind, random);
      }
      const std::vector<Words> reports = reports_of_monitor(drawn.params, run);
      EXPECT_EQ(reports, reports_of_checker(drawn.params, run));
      reported += reports.size();
      for (const Words& report : reports) {
        rules.insert(report[2]);
      }
    });
    EXPECT_GT(reported, dram_policies().size()) << static_cast<int>(kind);
  }
  for (const char* rule : {"tRC",
                           "tRRD",
                           "tFAW",
                           "tRCD",
                           "tRAS",
                           "tRP",
                           "tCCD",
                           "tWTR",
                           "tWR",
                           "tRTP",
                           "auto-precharge",
                           "read data",
                           "read-to-write",
                           "rank-to-rank",
                           "tRFC",
                           "tXP",
                           "tCKE",
                           "tXS",
                           "tXSDLL",
                           "tCKESR",
                           "power-down entry",
                           "state",
                           "one command per tCK",
                           "refreshes postponed",
                           "refreshes pulled in"}) {
    EXPECT_EQ(rules.count(rule), 1U) << rule << " was never broken";
  }
}

TEST(JedecMonitor, ReportsTheSameAsTheCheckerForCommandsAtRandom) {
  std::mt19937 random(11);
  for (int round = 0; round < 200; ++round) {
    Ddr3ChannelParams params;
    params.part = dram_parts()[random() % dram_parts().size()];
    params.part.geometry.ranks = 1 + static_cast<std::uint32_t>(random() % 2);
    DramRun run;
    Cycle cycle = 0;
    for (int i = 0; i < 300; ++i) {
      cycle += random() % (random() % 16 == 0 ? 9 * params.part.timing.refi : 24);
      const auto command = static_cast<C>(random() % kDramCommands);
      DramPlace place;
      place.rank = static_cast<std::uint32_t>(random() % params.part.geometry.ranks);
      place.bank = is_to_bank(command) ? static_cast<std::uint32_t>(random() % 2) : 0;
      place.row = command == C::activate || is_column(command)
                      ? static_cast<std::uint32_t>(random() % 2)
                      : 0;
      run.commands.push_back({cycle, command, place});
    }
    run.end = cycle;
    ASSERT_EQ(reports_of_monitor(params, run), reports_of_checker(params, run)) << round;
  }
}

}  // namespace
}  // namespace airnn::test
