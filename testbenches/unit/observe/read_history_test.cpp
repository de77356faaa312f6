// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/dram/read_history.h"

#include <gtest/gtest.h>

namespace airnn::test {
namespace {

class ReadHistoryTest : public testing::Test {
 protected:
  void read(Cycle request, Cycle arrival, FetchStream stream = FetchStream::value) {
    history_.arrived({arrival, stream});  // told first, as by a memory that answers in the call
    history_.requested({request, 0, stream});
  }

  ReadHistory history_;
};

TEST_F(ReadHistoryTest, JoinsReadsThatOverlapOrTouch) {
  read(10, 20);
  read(11, 25);
  read(25, 30);
  read(31, 40);
  read(12, 90, FetchStream::row);
  const auto runs = history_.runs(FetchStream::value, 100);
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(runs[0].begin, 10U);
  EXPECT_EQ(runs[0].end, 30U);
  EXPECT_EQ(runs[0].bursts, 3U);
  EXPECT_EQ(runs[1].begin, 31U);
  EXPECT_EQ(runs[1].end, 40U);
  EXPECT_EQ(runs[1].bursts, 1U);
  EXPECT_EQ(history_.runs(FetchStream::row, 100).size(), 1U);
  EXPECT_TRUE(history_.runs(FetchStream::layer, 100).empty());
  EXPECT_EQ(history_.latest(), 90U);
}

TEST_F(ReadHistoryTest, WhatDidNotComeLastsToTheEnd) {
  read(10, 20);
  history_.requested({15, 0, FetchStream::value});
  const auto runs = history_.runs(FetchStream::value, 70);
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_EQ(runs[0].end, 70U);
}

TEST_F(ReadHistoryTest, WindowsHaveTheMostInFlightAndWhatCame) {
  read(100, 109);
  read(101, 125, FetchStream::column);
  read(102, 110);
  read(118, 126);
  const auto windows = history_.windows(100, 127, 10);
  ASSERT_EQ(windows.size(), 3U);
  EXPECT_EQ(windows[0].most_in_flight, 3U);
  EXPECT_EQ(windows[0].bursts, 1U);
  EXPECT_EQ(windows[1].begin, 110U);
  EXPECT_EQ(windows[1].most_in_flight, 2U) << "both under way until cycle 110";
  EXPECT_EQ(windows[1].bursts, 1U);
  EXPECT_EQ(windows[2].end, 127U);
  EXPECT_EQ(windows[2].most_in_flight, 2U);
  EXPECT_EQ(windows[2].bursts, 2U);
}

TEST_F(ReadHistoryTest, BeginsAnew) {
  read(1, 2);
  history_.clear();
  EXPECT_EQ(history_.latest(), 0U);
  EXPECT_TRUE(history_.runs(FetchStream::value, 10).empty());
}

}  // namespace
}  // namespace airnn::test
