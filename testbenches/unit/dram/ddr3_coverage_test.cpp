// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <cstdio>

#include <map>

#include "testbenches/reference/ddr3_checker.h"
#include "testbenches/unit/dram/dram_cases.h"
#include "testbenches/unit/dram/dram_run.h"

namespace airnn::test {
namespace {

TEST(Ddr3Coverage, EveryRuleDecidesSomewhere) {
  std::map<std::string, std::uint64_t> coverage;
  std::uint64_t seed = 0, cycles = 0, commands = 0;
  for (const DramScheduling scheduling : {DramScheduling::fcfs, DramScheduling::fr_fcfs})
    for (const PagePolicy page : {PagePolicy::open, PagePolicy::closed, PagePolicy::adaptive})
      for (const std::uint32_t ranks : {1U, 2U})
        for (const int refresh : {-1, 0, 3, 8})
          for (const std::uint32_t pull : {0U, 3U, 8U})
            for (int i = 0; i < 4; ++i) {
              DramPolicies policies{scheduling,
                                    page,
                                    ranks,
                                    refresh >= 0,
                                    refresh < 0 ? 0U : static_cast<std::uint32_t>(refresh),
                                    pull};
              const DramCase drawn(policies, ++seed);
              const DramRun run = run_twin(drawn.params, requests_of(drawn.traffic), 3000);
              cycles += run.end;
              commands += run.commands.size();
              Ddr3Checker checker(drawn.params.part.timing, drawn.params.part.geometry,
                                  {drawn.params.refresh});
              for (const auto& c : run.commands)
                checker.check(c);
              checker.finish(run.end);
              for (const auto& [k, n] : checker.coverage())
                coverage[k] += n;
              EXPECT_EQ(run.requests.size(), drawn.traffic.requests);
              if (!checker.violations().empty())
                ADD_FAILURE() << drawn.text() << "\n" << checker.violations().front().text();
            }
  for (const auto& [k, n] : coverage)
    std::printf("%-40s %lu\n", k.c_str(), n);
  std::printf("cycles %lu commands %lu cases %lu\n", cycles, commands, seed);
}

}  // namespace
}  // namespace airnn::test
