// SPDX-License-Identifier: Apache-2.0
#include "hw/control/fetch/fetch_engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

namespace airnn::test {
namespace {

using testing::ElementsAre;

/// A memory and a receiver as plain rules over cycles, and all that they saw.
class Surroundings final : public FetchSurroundings {
 public:
  explicit Surroundings(FetchEngine& engine) : engine_(engine) {}

  bool can_request(Cycle t) const override { return t >= free_from; }
  void request(const FetchRead& read, Cycle t) override {
    reads.push_back({read, t});
    free_from = t + channel_cycles;
    if (answers_at_once) {
      engine_.arrive(read, t + latency);
    }
  }
  bool has_credit() override {
    ++asked;
    return credit;
  }
  void send(std::size_t beat, Cycle t) override { beats.push_back({beat, t}); }

  struct Read {
    FetchRead read;
    Cycle cycle;
  };
  struct Beat {
    std::size_t index;
    Cycle cycle;
  };
  Cycle channel_cycles = 1;
  Cycle latency = 5;
  bool answers_at_once = true;
  bool credit = true;
  Cycle free_from = 0;
  unsigned asked = 0;
  std::vector<Read> reads;
  std::vector<Beat> beats;

 private:
  FetchEngine& engine_;
};

/// A beat that needs so many bursts of the value stream, and frees as many.
BeatNeed value_beat(std::uint32_t needed, std::uint32_t released) {
  BeatNeed beat;
  beat.needed[0] = needed;
  beat.released[0] = released;
  return beat;
}

std::vector<BeatNeed> beat_per_burst(std::uint32_t bursts) {
  std::vector<BeatNeed> beats;
  for (std::uint32_t b = 1; b <= bursts; ++b) {
    beats.push_back(value_beat(b, b));
  }
  return beats;
}

class FetchEngineTest : public testing::Test {
 protected:
  void run(FetchEngine& engine, Surroundings& around, Cycle from, Cycle end) {
    for (Cycle t = from; t < end; ++t) {
      steps_[t] = engine.step(t, around);
    }
  }
  std::map<Cycle, FetchEngine::Step> steps_;
};

TEST_F(FetchEngineTest, IssuesThenTakesThenSendsBurstByBurst) {
  FetchEngine engine({32, 8});
  Surroundings around(engine);
  const std::vector<BeatNeed> beats = beat_per_burst(3);
  engine.begin({3, 0, 0, 0}, &beats);
  run(engine, around, 10, 18);
  ASSERT_EQ(around.reads.size(), 3U);
  ASSERT_EQ(around.beats.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(around.reads[i].cycle, 10 + i) << "one read per cycle";
    EXPECT_EQ(around.reads[i].read.burst, i);
    EXPECT_EQ(around.beats[i].cycle, 15 + i) << "in the cycle in which its burst is there";
    EXPECT_EQ(around.beats[i].index, i);
  }
  EXPECT_TRUE(engine.finished());
  EXPECT_TRUE(steps_[10].requested);
  EXPECT_FALSE(steps_[13].requested || steps_[13].sent || steps_[13].refused);
  EXPECT_TRUE(steps_[15].sent);
}

TEST_F(FetchEngineTest, IsFinishedOnlyWhenEverythingIsReadArrivedAndSent) {
  FetchEngine engine({32, 8});
  Surroundings around(engine);
  const std::vector<BeatNeed> beats = {value_beat(1, 1)};
  engine.begin({2, 0, 0, 0}, &beats);  // the second burst is padding that no beat needs
  run(engine, around, 0, 6);
  ASSERT_EQ(around.beats.size(), 1U);
  EXPECT_FALSE(engine.finished()) << "a read is under way";
  EXPECT_EQ(engine.in_flight(), 1U);
  EXPECT_EQ(engine.next_arrival(), 6U);
  run(engine, around, 6, 7);
  EXPECT_TRUE(engine.finished());
  EXPECT_EQ(engine.next_arrival(), kNever);
}

TEST_F(FetchEngineTest, GoesRoundRobinOverStreamsWithWork) {
  FetchEngine engine({32, 8});
  Surroundings around(engine);
  const std::vector<BeatNeed> none;
  engine.begin({2, 0, 3, 1}, &none);
  run(engine, around, 0, 8);
  std::vector<int> streams;
  for (const Surroundings::Read& read : around.reads) {
    streams.push_back(static_cast<int>(read.read.stream));
  }
  EXPECT_THAT(streams, ElementsAre(0, 2, 3, 0, 2, 2));
}

TEST_F(FetchEngineTest, HasAtMostOutstandingReadsInFlight) {
  FetchEngine engine({4, 64});
  Surroundings around(engine);
  around.latency = 10;
  const std::vector<BeatNeed> beats = beat_per_burst(8);
  engine.begin({8, 0, 0, 0}, &beats);
  run(engine, around, 0, 4);
  EXPECT_EQ(engine.in_flight(), 4U);
  EXPECT_FALSE(engine.can_issue());
  run(engine, around, 4, 11);
  ASSERT_EQ(around.reads.size(), 5U);
  EXPECT_EQ(around.reads[4].cycle, 10U) << "an arrival frees its place in the same cycle";
}

TEST_F(FetchEngineTest, TakesAPlaceAgainInTheCycleAfterTheBeatThatFreesIt) {
  FetchEngine engine({32, 2});
  Surroundings around(engine);
  const std::vector<BeatNeed> beats = beat_per_burst(3);
  engine.begin({3, 0, 0, 0}, &beats);
  run(engine, around, 0, 12);
  ASSERT_EQ(around.reads.size(), 3U);
  EXPECT_EQ(around.beats[0].cycle, 5U);
  EXPECT_EQ(around.reads[2].cycle, 6U) << "the requester comes before the assembler";
}

TEST_F(FetchEngineTest, KeepsAPlaceUntilTheLastBeatOfABurst) {
  FetchEngine engine({32, 1});
  Surroundings around(engine);
  const std::vector<BeatNeed> beats = {value_beat(1, 0), value_beat(1, 1), value_beat(2, 2)};
  engine.begin({2, 0, 0, 0}, &beats);
  run(engine, around, 0, 14);
  ASSERT_EQ(around.reads.size(), 2U);
  EXPECT_EQ(around.beats[1].cycle, 6U) << "one beat per cycle";
  EXPECT_EQ(around.reads[1].cycle, 7U);
}

TEST_F(FetchEngineTest, AsksForACreditOnlyForABeatThatIsReadyAndKeepsARefusedOne) {
  FetchEngine engine({32, 8});
  Surroundings around(engine);
  around.credit = false;
  const std::vector<BeatNeed> beats = beat_per_burst(1);
  engine.begin({1, 0, 0, 0}, &beats);
  run(engine, around, 0, 5);
  EXPECT_EQ(around.asked, 0U);
  run(engine, around, 5, 8);
  EXPECT_EQ(around.asked, 3U);
  EXPECT_TRUE(steps_[7].refused);
  EXPECT_FALSE(steps_[7].sent);
  EXPECT_TRUE(engine.beat_ready());
  around.credit = true;
  run(engine, around, 8, 9);
  EXPECT_TRUE(steps_[8].sent);
  EXPECT_TRUE(engine.finished());
}

TEST_F(FetchEngineTest, WaitsWithReadsForTheChannel) {
  FetchEngine engine({32, 8});
  Surroundings around(engine);
  around.channel_cycles = 4;
  const std::vector<BeatNeed> beats = beat_per_burst(3);
  engine.begin({3, 0, 0, 0}, &beats);
  run(engine, around, 0, 20);
  ASSERT_EQ(around.reads.size(), 3U);
  EXPECT_EQ(around.reads[1].cycle, 4U);
  EXPECT_EQ(around.reads[2].cycle, 8U);
}

TEST_F(FetchEngineTest, AssemblesInOrderWhatArrivesInAnyOrder) {
  FetchEngine engine({32, 8});
  Surroundings around(engine);
  around.answers_at_once = false;
  const std::vector<BeatNeed> beats = beat_per_burst(3);
  engine.begin({3, 0, 0, 0}, &beats);
  run(engine, around, 0, 3);
  engine.arrive({FetchStream::value, 2}, 7);
  engine.arrive({FetchStream::value, 0}, 9);
  engine.arrive({FetchStream::value, 1}, 8);
  run(engine, around, 3, 9);
  EXPECT_TRUE(around.beats.empty()) << "burst 0 is missing";
  run(engine, around, 9, 12);
  ASSERT_EQ(around.beats.size(), 3U);
  EXPECT_EQ(around.beats[0].cycle, 9U);
  EXPECT_EQ(around.beats[2].cycle, 11U);
}

TEST_F(FetchEngineTest, SaysWhatWasDoneOfAFetchThatIsNotGoneOnWith) {
  FetchEngine engine({32, 8});
  Surroundings around(engine);
  const std::vector<BeatNeed> beats = beat_per_burst(4);
  engine.begin({4, 2, 0, 0}, &beats);
  run(engine, around, 0, 6);
  EXPECT_THAT(engine.issued(), ElementsAre(4, 2, 0, 0));
  EXPECT_EQ(engine.beats_sent(), 1U);
  EXPECT_EQ(engine.in_flight(), 5U);
  engine.accept_arrivals(100);
  EXPECT_EQ(engine.in_flight(), 0U);
  EXPECT_EQ(around.beats.size(), 1U) << "no further beat";
}

/// Random fetches: nothing is lost or doubled, and the bounds hold in every cycle.
TEST_F(FetchEngineTest, KeepsItsBoundsInRandomFetches) {
  std::mt19937_64 random(3);
  const auto pick = [&random](std::uint64_t low, std::uint64_t high) {
    return std::uniform_int_distribution<std::uint64_t>(low, high)(random);
  };
  for (int round = 0; round < 200; ++round) {
    const auto outstanding = static_cast<unsigned>(pick(1, 12));
    const auto places = static_cast<unsigned>(pick(1, 6));
    FetchEngine engine({outstanding, places});
    Surroundings around(engine);
    around.answers_at_once = false;
    const std::array<std::uint64_t, kStreams> bursts = {pick(1, 20), pick(0, 20), pick(0, 5),
                                                        pick(0, 5)};
    std::vector<BeatNeed> beats(20);
    for (std::uint64_t i = 0; i < beats.size(); ++i) {
      for (std::size_t s = 0; s < kStreams; ++s) {
        beats[i].needed[s] = beats[i].released[s] =
            static_cast<std::uint32_t>(bursts[s] * (i + 1) / beats.size());
      }
    }
    engine.begin(bursts, &beats);
    std::size_t seen = 0;
    std::set<std::pair<int, std::uint64_t>> distinct;
    Cycle t = 0;
    for (; !engine.finished() && t < 5000; ++t) {
      around.credit = pick(0, 3) != 0;
      const std::size_t sent = engine.beats_sent();
      engine.step(t, around);
      ASSERT_LE(engine.in_flight(), outstanding);
      for (; seen < around.reads.size(); ++seen) {
        const FetchRead& read = around.reads[seen].read;
        const auto stream = static_cast<std::size_t>(read.stream);
        EXPECT_TRUE(distinct.insert({static_cast<int>(stream), read.burst}).second);
        const std::uint64_t freed = sent == 0 ? 0 : beats[sent - 1].released[stream];
        ASSERT_LE(read.burst + 1 - freed, places);
        engine.arrive(read, t + pick(1, 30));
      }
    }
    ASSERT_TRUE(engine.finished());
    EXPECT_EQ(distinct.size(), bursts[0] + bursts[1] + bursts[2] + bursts[3]);
    EXPECT_EQ(around.beats.size(), beats.size());
  }
}

}  // namespace
}  // namespace airnn::test
