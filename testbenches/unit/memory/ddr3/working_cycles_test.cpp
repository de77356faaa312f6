// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/working_cycles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <utility>
#include <vector>

#include "hw/memory/ddr3/state_list.h"

namespace airnn {
namespace {

TEST(WorkingCycles, LastFromTheFirstRequestToTheLastResponse) {
  WorkingCycles working;
  EXPECT_TRUE(working.idle());
  working.request(10);
  working.request(12);
  EXPECT_FALSE(working.idle());
  EXPECT_FALSE(working.response(20).has_value());
  const std::optional<CyclesSpent> spent = working.response(25);
  ASSERT_TRUE(spent.has_value());
  EXPECT_EQ(spent->until, 25U);
  EXPECT_EQ(spent->working, 15U);
  EXPECT_TRUE(working.idle());
}

/// A request that was told ahead begins a stretch of its own if nothing is under way before it.
TEST(WorkingCycles, AreNoneBetweenAResponseAndALaterRequest) {
  WorkingCycles working;
  working.request(0);
  working.request(100);
  const std::optional<CyclesSpent> first = working.response(9);
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->working, 9U);
  EXPECT_FALSE(working.idle());
  const std::optional<CyclesSpent> second = working.response(108);
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->working, 8U);
}

/// Counting the cycles in which a request is between its begin and its response, one by one.
TEST(WorkingCycles, AreThoseOfANaiveCount) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::pair<Cycle, Cycle>> requests;
    Cycle begin = 0;
    Cycle end = 0;
    for (int i = 0; i < 30; ++i) {
      begin += random() % 12;
      end = std::max(end, begin) + 1 + random() % 6;
      requests.emplace_back(begin, end);
    }
    WorkingCycles working;
    Cycle sum = 0;
    std::size_t told = 0;
    for (const auto& [from, to] : requests) {
      // Sometimes some are told ahead; always those that begin before the response.
      const std::size_t ahead = random() % 3;
      for (std::size_t more = 0;
           told < requests.size() && (requests[told].first <= to || more++ < ahead); ++told) {
        working.request(requests[told].first);
      }
      if (const std::optional<CyclesSpent> spent = working.response(to)) {
        sum += spent->working;
      }
    }
    Cycle counted = 0;
    for (Cycle cycle = 0; cycle < end; ++cycle) {
      counted += std::any_of(requests.begin(), requests.end(),
                             [cycle](const auto& request) {
                               return request.first <= cycle && cycle < request.second;
                             })
                     ? 1
                     : 0;
    }
    EXPECT_EQ(sum, counted) << "round " << round;
    EXPECT_TRUE(working.idle());
  }
}

}  // namespace
}  // namespace airnn
