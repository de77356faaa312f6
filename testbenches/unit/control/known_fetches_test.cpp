// SPDX-License-Identifier: Apache-2.0
#include "hw/control/fetch/known_fetches.h"

#include <gtest/gtest.h>

#include <memory>

#include "hw/control/fetch/fetch_recorder.h"

namespace airnn::test {
namespace {

/// A fetch of one read that was complete after so many cycles.
KnownFetch fetch_of(ContentId content, Cycle completion) {
  KnownFetch fetch;
  fetch.content = content;
  fetch.reads = std::make_shared<const std::vector<TimedRead>>(
      std::vector<TimedRead>{{1, completion, 4096, nullptr}});
  fetch.duration = completion + 1;
  return fetch;
}

TEST(KnownFetches, KnowsTheWaysOfEachContentOldestFirst) {
  KnownFetches known;
  EXPECT_EQ(known.ways(7), nullptr);
  known.remember(fetch_of(7, 120));
  known.remember(fetch_of(7, 130));
  known.remember(fetch_of(8, 140));
  ASSERT_NE(known.ways(7), nullptr);
  ASSERT_EQ(known.ways(7)->size(), 2U);
  EXPECT_EQ(known.ways(7)->front().duration, 121U);
  EXPECT_EQ(known.ways(7)->back().duration, 131U);
  EXPECT_EQ(known.ways(8)->size(), 1U);
  EXPECT_EQ(known.replay().hits(), 5U)
      << "what is asked for in vain, or remembered, does not count";
}

TEST(KnownFetches, KnowsAWayOnceHoweverOftenItIsGone) {
  KnownFetches known;
  known.remember(fetch_of(7, 120));
  known.remember(fetch_of(7, 120));
  EXPECT_EQ(known.ways(7)->size(), 1U);
}

TEST(KnownFetches, ForgetsTheOldestOfMoreThanFourWays) {
  KnownFetches known;
  for (Cycle completion = 100; completion < 105; ++completion) {
    known.remember(fetch_of(7, completion));
  }
  ASSERT_EQ(known.ways(7)->size(), 4U);
  EXPECT_EQ(known.ways(7)->front().reads->front().completion, 101U);
}

TEST(KnownFetches, ForgetsAContentThatIsNoMore) {
  KnownFetches known;
  known.remember(fetch_of(7, 120));
  known.remember(fetch_of(8, 120));
  known.forget(7);
  EXPECT_EQ(known.ways(7), nullptr);
  EXPECT_NE(known.ways(8), nullptr);
}

TEST(FetchRecorder, NotesReadsInTheOrderOfTheirIssueFromTheBeginOn) {
  FetchRecorder recorder;
  const std::uint8_t bytes[64] = {};
  recorder.begin(9, 1000);
  EXPECT_FALSE(recorder.has_reads());
  recorder.requested({FetchStream::value, 0}, 64, bytes, 1000);
  recorder.requested({FetchStream::row, 0}, 640, nullptr, 1001);
  recorder.requested({FetchStream::value, 1}, 128, nullptr, 1003);
  // Completions come in any order.
  recorder.completed({FetchStream::value, 1}, 1100);
  recorder.completed({FetchStream::value, 0}, 1120);
  recorder.completed({FetchStream::row, 0}, 1121);
  recorder.worked();
  recorder.worked();
  EXPECT_EQ(recorder.content(), 9U);
  const auto beats = std::make_shared<const Train<WeightBeat>>(2);
  const KnownFetch fetch = recorder.finish(beats, 1130);
  EXPECT_EQ(fetch.content, 9U);
  EXPECT_EQ(fetch.working, 2U);
  EXPECT_EQ(fetch.duration, 130U);
  EXPECT_EQ(fetch.beats, beats);
  EXPECT_EQ(fetch.streams,
            (std::vector<FetchStream>{FetchStream::value, FetchStream::row, FetchStream::value}));
  ASSERT_EQ(fetch.reads->size(), 3U);
  const std::vector<TimedRead>& reads = *fetch.reads;
  EXPECT_EQ(reads[0].cycle, 0U);
  EXPECT_EQ(reads[0].completion, 120U);
  EXPECT_EQ(reads[0].address, 64U);
  EXPECT_EQ(reads[0].expected, bytes);
  EXPECT_EQ(reads[1].cycle, 1U);
  EXPECT_EQ(reads[1].completion, 121U);
  EXPECT_EQ(reads[2].cycle, 3U);
  EXPECT_EQ(reads[2].completion, 100U);
}

TEST(FetchRecorder, BeginsAnewWithEachFetch) {
  FetchRecorder recorder;
  recorder.begin(9, 0);
  recorder.requested({FetchStream::value, 0}, 64, nullptr, 5);
  recorder.worked();
  recorder.begin(10, 100);
  EXPECT_FALSE(recorder.has_reads());
  recorder.requested({FetchStream::value, 0}, 128, nullptr, 101);
  recorder.completed({FetchStream::value, 0}, 102);
  const KnownFetch fetch = recorder.finish(nullptr, 110);
  EXPECT_EQ(fetch.content, 10U);
  EXPECT_EQ(fetch.working, 0U);
  ASSERT_EQ(fetch.reads->size(), 1U);
  EXPECT_EQ(fetch.reads->front().address, 128U);
  EXPECT_EQ(fetch.reads->front().completion, 2U);
  EXPECT_FALSE(recorder.has_reads()) << "what was noted is gone";
}

}  // namespace
}  // namespace airnn::test
