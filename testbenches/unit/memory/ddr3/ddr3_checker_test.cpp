// SPDX-License-Identifier: Apache-2.0
#include "testbenches/reference/ddr3_checker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testbenches/unit/memory/ddr3/planted_rules.h"

namespace airnn::test {
namespace {

using C = DramCommand;
using Step = PlantedStep;
using testing::ElementsAre;
using testing::IsEmpty;

Ddr3Geometry two_ranks() {
  Ddr3Geometry geometry;
  geometry.ranks = 2;
  return geometry;
}

std::vector<std::string> broken_rules(const std::vector<Step>& steps, Ddr3TimingParams timing = {},
                                      Ddr3CheckerOptions options = {false}) {
  Ddr3Checker checker(timing, two_ranks(), options);
  for (const Step& step : steps) {
    checker.check(step.event());
  }
  std::vector<std::string> rules;
  for (const Ddr3Violation& violation : checker.violations()) {
    rules.push_back(violation.rule);
  }
  return rules;
}

TEST(Ddr3Checker, ReportsEveryRuleOneCycleTooEarlyAndNoneInTime) {
  for (const PlantedRule& plan : planted_rules()) {
    SCOPED_TRACE(plan.rule + ": " + mnemonic(plan.before.back().command) + " > " +
                 mnemonic(plan.last.command));
    std::vector<Step> steps = plan.before;
    steps.push_back(plan.last);
    EXPECT_THAT(broken_rules(steps), IsEmpty());
    --steps.back().cycle;
    EXPECT_THAT(broken_rules(steps), ElementsAre(plan.rule));
  }
}

TEST(Ddr3Checker, AsksForRulesThatOthersHideInTheDefaultPart) {
  Ddr3TimingParams timing;
  timing.rc = 45;
  std::vector<Step> steps = {{C::activate, 0}, {C::precharge, 28}, {C::activate, 45}};
  EXPECT_THAT(broken_rules(steps, timing), IsEmpty());
  steps.back().cycle = 44;
  EXPECT_THAT(broken_rules(steps, timing), ElementsAre("tRC"));

  timing.cke = 8;
  steps = {{C::power_down_enter, 0}, {C::power_down_exit, 8}, {C::power_down_enter, 16}};
  EXPECT_THAT(broken_rules(steps, timing), IsEmpty());
  steps.back().cycle = 15;
  EXPECT_THAT(broken_rules(steps, timing), ElementsAre("tCKE"));

  timing.rp = 9;  // the bank is idle before its data are on the bus
  for (const C read : {C::read, C::read_auto}) {
    steps = {{C::activate, 0}, {read, 40}, {C::self_refresh_enter, 56}};
    if (read == C::read) {
      steps.insert(steps.begin() + 2, {C::precharge, 46});
    }
    EXPECT_THAT(broken_rules(steps, timing), IsEmpty());
    steps.back().cycle = 55;
    EXPECT_THAT(broken_rules(steps, timing), ElementsAre("read data"));
  }

  timing.cl = 16;  // the data of the read come behind those of the write, however soon it is
  steps = {{C::activate, 0}, {C::activate, 1, 0, 0, 1}, {C::write, 20}, {C::read, 21, 0, 0, 1}};
  EXPECT_THAT(broken_rules(steps, timing), IsEmpty());
}

TEST(Ddr3Checker, ReportsCommandsThatTheStateForbids) {
  const std::vector<std::vector<Step>> wrong = {
      {{C::activate, 0}, {C::activate, 1000, 0, 1}},
      {{C::read, 0}},
      {{C::write, 0}},
      {{C::activate, 0}, {C::read, 1000, 0, 1}},
      {{C::activate, 0}, {C::read_auto, 100}, {C::read, 1000}},
      {{C::precharge, 0}},
      {{C::precharge_all, 0}},
      {{C::activate, 0}, {C::refresh, 1000}},
      {{C::activate, 0}, {C::self_refresh_enter, 1000}},
      {{C::power_down_exit, 0}},
      {{C::self_refresh_exit, 0}},
      {{C::power_down_enter, 0}, {C::activate, 1000}},
      {{C::power_down_enter, 0}, {C::refresh, 1000}},
      {{C::power_down_enter, 0}, {C::power_down_enter, 1000}},
      {{C::power_down_enter, 0}, {C::self_refresh_exit, 1000}},
      {{C::self_refresh_enter, 0}, {C::activate, 1000}},
      {{C::self_refresh_enter, 0}, {C::refresh, 1000}},
      {{C::self_refresh_enter, 0}, {C::power_down_exit, 1000}},
      {{C::self_refresh_enter, 0}, {C::self_refresh_enter, 1000}},
  };
  for (const std::vector<Step>& steps : wrong) {
    SCOPED_TRACE(std::string(mnemonic(steps.front().command)) + " > " +
                 mnemonic(steps.back().command));
    EXPECT_THAT(broken_rules(steps), ElementsAre("state"));
  }
}

TEST(Ddr3Checker, ReportsPlacesThatAreNotThere) {
  const Ddr3Geometry geometry;
  for (const DramPlace& place : {DramPlace{1, 0, 0, 0}, DramPlace{0, 8, 0, 0},
                                 DramPlace{0, 0, 65536, 0}, DramPlace{0, 0, 0, 8}}) {
    Ddr3Checker checker({}, geometry, {false});
    checker.check({0, C::activate, place});
    ASSERT_EQ(checker.violations().size(), 1U);
    EXPECT_EQ(checker.violations().front().rule, "place");
  }
}

TEST(Ddr3Checker, CountsTheDistanceOfRefreshes) {
  const Ddr3TimingParams timing;
  const Cycle refi = timing.refi;
  // One refresh ahead of its time, so that eight are owed and not nine when the interval is over.
  const std::vector<Step> in_time = {{C::refresh, refi - 300}, {C::refresh, 10 * refi - 300}};
  EXPECT_THAT(broken_rules(in_time, timing, {}), IsEmpty());
  std::vector<Step> late = in_time;
  ++late.back().cycle;
  EXPECT_THAT(broken_rules(late, timing, {}), ElementsAre("tREFI"));

  // The tenth is due in 10 tREFI.
  std::vector<Step> postponed = {{C::refresh, refi + 300}, {C::refresh, 10 * refi - 1}};
  EXPECT_THAT(broken_rules(postponed, timing, {}), IsEmpty());
  ++postponed.back().cycle;
  EXPECT_THAT(broken_rules(postponed, timing, {}), ElementsAre("refreshes postponed"));

  std::vector<Step> pulled_in;
  for (Cycle i = 0; i < 9; ++i) {
    pulled_in.push_back({C::refresh, 1000 * i});
  }
  EXPECT_THAT(broken_rules(pulled_in, timing, {}), IsEmpty());
  pulled_in.back().cycle = refi - 1;
  pulled_in[7].cycle = refi - 300;
  pulled_in[6].cycle = refi - 600;
  EXPECT_THAT(broken_rules(pulled_in, timing, {}), ElementsAre("refreshes pulled in"));
}

TEST(Ddr3Checker, CountsRefreshesFromTheEndOfSelfRefresh) {
  const Ddr3TimingParams timing;
  const std::vector<Step> asleep = {{C::self_refresh_enter, 100}, {C::self_refresh_exit, 10000000}};
  std::vector<Step> again = asleep;
  again.push_back({C::self_refresh_enter, 10001000});
  EXPECT_THAT(broken_rules(again, timing, {}), ElementsAre("self-refresh entry"));
  again.insert(again.end() - 1, {C::refresh, 10000500});
  EXPECT_THAT(broken_rules(again, timing, {}), IsEmpty());

  Ddr3Checker checker(timing, {}, {});
  for (const Step& step : asleep) {
    checker.check({step.cycle, step.command, {}});
  }
  checker.finish(10000000 + 8 * timing.refi - 1);
  EXPECT_THAT(checker.violations(), IsEmpty());
  checker.finish(10000000 + 8 * timing.refi);  // with the one that was owed at once nine
  ASSERT_EQ(checker.violations().size(), 1U);
  EXPECT_EQ(checker.violations().front().rule, "refreshes postponed");
}

TEST(Ddr3Checker, CountsHowOftenARuleDecided) {
  Ddr3Checker checker({}, {}, {false});
  checker.check({0, C::activate, {}});
  checker.check({11, C::read, {}});       // tRCD decides
  checker.check({16, C::read, {}});       // nothing decides
  checker.check({28, C::precharge, {}});  // tRAS decides, tRTP was met before
  checker.check({39, C::activate, {}});   // tRC and tRP decide, tRRD was met before
  const std::map<std::string, std::uint64_t> expected = {
      {"tRCD ACT>RD", 1}, {"tCCD RD>RD", 0},  {"tRAS ACT>PRE", 1}, {"tRTP RD>PRE", 0},
      {"tRC ACT>ACT", 1}, {"tRP PRE>ACT", 1}, {"tRRD ACT>ACT", 0}};
  EXPECT_EQ(checker.coverage(), expected);
}

}  // namespace
}  // namespace airnn::test
