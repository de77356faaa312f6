// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/write_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

#include "testbenches/support/effort.h"

namespace airnn::test {
namespace {

TEST(WriteLog, TellsTheLastWriteToARange) {
  WriteLog log;
  EXPECT_EQ(log.last_write(0, 100), 0U);
  log.write(10, 20);
  log.write(30, 40);
  EXPECT_EQ(log.now(), 2U);
  EXPECT_EQ(log.last_write(0, 10), 0U);
  EXPECT_EQ(log.last_write(0, 11), 1U);
  EXPECT_EQ(log.last_write(19, 30), 1U);
  EXPECT_EQ(log.last_write(19, 31), 2U);
  EXPECT_EQ(log.last_write(40, 50), 0U);
  log.write(50, 50);
  EXPECT_EQ(log.now(), 2U);
}

TEST(WriteLog, KeepsTwoPlacesApartThatAreWrittenInTurn) {
  WriteLog log;
  log.write(0, 64000);
  const std::uint64_t loaded = log.now();
  for (int i = 0; i < 1000; ++i) {
    log.write(64000, 65000);
    log.write(65024, 66024);
  }
  EXPECT_EQ(log.last_write(0, 64000), loaded);
  EXPECT_EQ(log.last_write(64000, 64001), loaded + 1999);
}

/// Every byte's last write is never less than it is, and for few ranges it is that of a write which
/// touches it or its neighbours.
TEST(WriteLog, NeverForgetsAWrite) {
  constexpr std::uint64_t kBytes = 2000;
  for (unsigned seed = 0; seed < drawn_cases(40); ++seed) {
    std::mt19937 random(seed);
    WriteLog log;
    std::array<std::uint64_t, kBytes> last{};
    for (std::uint64_t write = 1; write <= 300; ++write) {
      const std::uint64_t begin = random() % kBytes;
      const std::uint64_t end = std::min<std::uint64_t>(kBytes, begin + 1 + random() % 20);
      log.write(begin, end);
      std::fill(last.begin() + static_cast<std::ptrdiff_t>(begin),
                last.begin() + static_cast<std::ptrdiff_t>(end), write);
      const std::uint64_t from = random() % kBytes;
      const std::uint64_t to = std::min<std::uint64_t>(kBytes, from + 1 + random() % 50);
      const std::uint64_t wanted =
          *std::max_element(last.begin() + static_cast<std::ptrdiff_t>(from),
                            last.begin() + static_cast<std::ptrdiff_t>(to));
      ASSERT_GE(log.last_write(from, to), wanted) << "seed " << seed << ", write " << write;
      ASSERT_LE(log.last_write(from, to), log.now());
    }
  }
}

}  // namespace
}  // namespace airnn::test
