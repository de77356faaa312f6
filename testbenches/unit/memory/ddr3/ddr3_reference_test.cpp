// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include "testbenches/reference/address_map_twin.h"
#include "testbenches/unit/memory/ddr3/dram_run.h"

namespace airnn::test {
namespace {

/// Reads of these addresses, all there from the beginning.
DramRun reads_of(const std::vector<std::uint64_t>& addresses, Ddr3ChannelParams params = {}) {
  params.refresh = false;
  std::vector<DramRequest> requests;
  for (const std::uint64_t address : addresses) {
    requests.push_back({requests.size(), address, false, 0});
  }
  return run_twin(params, requests, 0);
}

Cycle last_completion(const DramRun& run) {
  Cycle last = 0;
  for (const RequestServed& request : run.requests) {
    last = std::max(last, request.complete);
  }
  return last;
}

std::vector<std::uint64_t> apart(std::uint64_t stride, std::size_t count) {
  std::vector<std::uint64_t> addresses;
  for (std::size_t i = 0; i < count; ++i) {
    addresses.push_back(i * stride);
  }
  return addresses;
}

// Closed forms of a 1600K part, each with one cycle of front end.

TEST(Ddr3ChannelTwin, StreamsAtFullSpeed) {
  EXPECT_EQ(last_completion(reads_of(apart(64, 10000))), 9999U * 4 + 26 + 1);
}

TEST(Ddr3ChannelTwin, NeedsARowCycleForEveryRowOfABank) {
  EXPECT_EQ(last_completion(reads_of(apart(64 * 1024, 10000))), 9999U * 39 + 26 + 1);
}

TEST(Ddr3ChannelTwin, ActivatesFourBanksInTheirWindow) {
  std::vector<std::uint64_t> addresses;
  for (std::uint64_t i = 0; i < 10000; ++i) {
    addresses.push_back(i / 8 * 65536 + i % 8 * 8192);
  }
  Ddr3ChannelParams params;
  params.page_policy = PagePolicy::closed;
  EXPECT_EQ(last_completion(reads_of(addresses, params)), 2499U * 24 + 3 * 5 + 26 + 1);
}

TEST(Ddr3ChannelTwin, NeedsMoreForAClosedBankAndForAnotherRow) {
  const std::vector<DramRequest> requests = {
      {0, 0, false, 0}, {1, 64, false, 100}, {2, 65536, false, 200}};
  Ddr3ChannelParams params;
  params.refresh = false;
  const DramRun run = run_twin(params, requests, 0);
  ASSERT_EQ(run.requests.size(), 3U);
  EXPECT_EQ(run.requests[0].outcome, RowOutcome::miss);
  EXPECT_EQ(run.requests[0].complete, 26U + 1);
  EXPECT_EQ(run.requests[1].outcome, RowOutcome::hit);
  EXPECT_EQ(run.requests[1].complete, 100U + 15 + 1);
  EXPECT_EQ(run.requests[2].outcome, RowOutcome::conflict);
  EXPECT_EQ(run.requests[2].complete, 200U + 37 + 1);
}

TEST(Ddr3ChannelTwin, RefreshesInTimeUnderLoadThatFollowsRefreshesAheadOfTime) {
  Ddr3ChannelParams params;
  params.part.timing.refi = 600;
  params.max_postponed = 8;
  params.max_pulled_in = 8;
  std::vector<DramRequest> requests;
  for (std::uint64_t i = 0; i < 6000; ++i) {
    requests.push_back({i, i * 64, false, 3000});
  }
  const DramRun run = run_twin(params, requests, 0);
  const Ddr3Checker checker = checked(params, run);
  EXPECT_TRUE(checker.violations().empty()) << checker.violations().front().text();
}

TEST(AddressMapTwin, TakesAddressesApart) {
  Ddr3Geometry geometry;  // 16 bits of row, 3 of bank, 10 of column
  const auto place = [&](const std::string& mapping, std::uint64_t address) {
    return AddressMapTwin(mapping, geometry).place(address);
  };
  const std::uint64_t row_bank = 0x1235ULL << 16 | 3ULL << 13;
  EXPECT_EQ(place("ro:ba:co", row_bank | 0x1FFF), (DramPlace{0, 3, 0x1235, 1016}));
  EXPECT_EQ(place("ro:ba^ro:co", row_bank), (DramPlace{0, 3 ^ 5, 0x1235, 0}));
  EXPECT_EQ(place("ba:ro:co", 5ULL << 29 | 7ULL << 13 | 64), (DramPlace{0, 5, 7, 8}));
  // Four bits of column, three of bank, six of column.
  EXPECT_EQ(place("ro:co4:ba:co", 1ULL << 16 | 9ULL << 12 | 2ULL << 9 | 0x1C0),
            (DramPlace{0, 2, 1, 9 * 64 + 56}));
  // 15 bits of row, the upper bit of the bank, the last bit of the row, two bits of the bank.
  EXPECT_EQ(place("ro15:ba1:ro:ba:co", 6ULL << 17 | 1ULL << 16 | 1ULL << 15 | 1ULL << 13),
            (DramPlace{0, 5, 13, 0}));
  EXPECT_EQ(place("ro:ba:co", geometry.capacity_bytes() + 64), (DramPlace{0, 0, 0, 8}));
  // The words of a burst stay lowest.
  EXPECT_EQ(place("ro:co:ba", 7ULL << 16 | 5ULL << 9 | 3ULL << 6 | 0x3F), (DramPlace{0, 3, 7, 40}));
  EXPECT_EQ(place("ro:co5:ba2:ba:co2", 3ULL << 6), (DramPlace{0, 0, 0, 24}));
  geometry.ranks = 2;
  EXPECT_EQ(place("ra:ro:ba:co", 1ULL << 32), (DramPlace{1, 0, 0, 0}));
  EXPECT_EQ(place("ro:ba:co", 1ULL << 32), (DramPlace{1, 0, 0, 0}));
  EXPECT_EQ(place("ro:ba:ra:co", 1ULL << 13), (DramPlace{1, 0, 0, 0}));
}

}  // namespace
}  // namespace airnn::test
