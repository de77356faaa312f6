// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

#include "testbenches/unit/memory/ddr3/dram_cases.h"
#include "testbenches/unit/memory/ddr3/dram_run.h"

namespace airnn::test {
namespace {

/// Rules and the pairs of commands between which they decide.
const std::multimap<std::string, std::string> kDeciding = {
    {"tRC", "ACT>ACT"},
    {"tRRD", "ACT>ACT"},
    {"tFAW", "ACT>ACT"},
    {"tRCD", "ACT>RD ACT>RDA ACT>WR ACT>WRA"},
    {"tRAS", "ACT>PRE ACT>PREA"},
    {"tRP", "PRE>ACT PRE>REF PRE>SRE PREA>ACT PREA>REF PREA>SRE"},
    {"tCCD", "RD>RD RD>RDA RDA>RD RDA>RDA WR>WR WR>WRA WRA>WR WRA>WRA"},
    {"tWTR", "WR>RD WR>RDA WRA>RD WRA>RDA"},
    {"tWR", "WR>PRE WR>PREA WRA>PREA"},
    {"tRTP", "RD>PRE RD>PREA RDA>PREA"},
    {"auto-precharge", "RDA>ACT RDA>REF RDA>SRE WRA>ACT WRA>REF WRA>SRE ACT>REF ACT>SRE"},
    {"read data", "RD>SRE RDA>SRE"},
    {"read-to-write", "RD>WR RD>WRA RDA>WR RDA>WRA"},
    {"rank-to-rank", "RD>RD RD>RDA RDA>RD RDA>RDA WR>WR WR>WRA WRA>WR WRA>WRA"},
    {"rank-to-rank", "RD>WR RD>WRA RDA>WR RDA>WRA WR>RD WR>RDA WRA>RD WRA>RDA"},
    {"tRFC", "REF>ACT REF>REF"},
    {"tXP", "PDX>ACT PDX>PRE PDX>PREA PDX>RD PDX>RDA PDX>WR PDX>WRA PDX>REF PDX>SRE"},
    {"tCKE", "PDE>PDX"},
    {"tXS", "SRX>ACT SRX>REF"},
    {"tXSDLL", "SRX>RD SRX>RDA SRX>WR SRX>WRA"},
    {"tCKESR", "SRE>SRX"},
    {"power-down entry", "RD>PDE RDA>PDE WR>PDE WRA>PDE"},
};

/// A rank counts as idle only after tRFC, and leaves self-refresh only for a request and a REF.
const std::set<std::string> kNeverDeciding = {"tRFC REF>SRE", "tXS SRX>SRE", "tXSDLL SRX>PDE",
                                              "tXP PDX>PDE", "tCKE PDX>PDE"};

TEST(Ddr3Coverage, EveryRuleDecidesSomewhereInTheCasesOfTheComparison) {
  std::map<std::string, std::uint64_t> coverage;
  for (const DramPolicies& policies : dram_policies()) {
    for (std::uint64_t seed = 0; seed < 4; ++seed) {
      const DramCase drawn(policies, seed);
      SCOPED_TRACE(drawn.text());
      const DramRun run = run_twin(drawn.params, requests_of(drawn.traffic), drawn.tail);
      EXPECT_EQ(run.requests.size(), drawn.traffic.requests);
      const Ddr3Checker checker = checked(drawn.params, run);
      EXPECT_THAT(checker.violations(), testing::IsEmpty()) << checker.violations().front().text();
      for (const auto& [rule, tight] : checker.coverage()) {
        coverage[rule] += tight;
      }
    }
  }
  std::set<std::string> expected;
  for (const auto& [rule, pairs] : kDeciding) {
    std::istringstream text(pairs);
    for (std::string pair; text >> pair;) {
      expected.insert(rule + " " + pair);
    }
  }
  std::set<std::string> deciding;
  for (const auto& [rule, tight] : coverage) {
    if (tight > 0) {
      deciding.insert(rule);
    } else {
      EXPECT_EQ(kNeverDeciding.count(rule), 1U) << rule;
    }
  }
  for (const std::string& rule : expected) {
    EXPECT_EQ(deciding.count(rule), 1U) << rule << " decided nothing";
  }
  for (const std::string& rule : deciding) {
    EXPECT_EQ(expected.count(rule), 1U) << rule << " was not thought to decide anything";
  }
}

}  // namespace
}  // namespace airnn::test
