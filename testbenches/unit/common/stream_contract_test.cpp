// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <deque>
#include <memory>

#include "testbenches/support/base_protocol_checker.h"
#include "testbenches/support/sim_test.h"
#include "testbenches/support/stream_sink.h"
#include "testbenches/support/stream_source.h"

namespace airnn::test {
namespace {

constexpr int kItems = 300;

/// One stream with random slots, latency and stalls on both sides.
struct RandomStream : public sc_core::sc_module {
  RandomStream(const sc_core::sc_module_name& module_name, const ClockDomain& clock,
               std::uint64_t number)
      : sc_module(module_name),
        slots(static_cast<unsigned>(scrambled(number, 0) % 6 + 1)),
        latency(scrambled(number, 1) % 5 + 1),
        source_stalls(
            StallPolicy::random(number, static_cast<unsigned>(scrambled(number, 2) % 90))),
        sink_stalls(
            StallPolicy::random(number + 999, static_cast<unsigned>(scrambled(number, 3) % 90))),
        source("source", clock, slots, latency, source_stalls),
        checker("checker"),
        sink("sink", clock, sink_stalls) {
    source.out.bind(checker.from_initiator);
    checker.to_target.bind(sink.in);
    for (int i = 0; i < kItems; ++i) {
      source.send(i);
    }
  }

  const unsigned slots;
  const Cycle latency;
  const StallPolicy source_stalls;
  const StallPolicy sink_stalls;
  StreamSource<int> source;
  BaseProtocolChecker checker;
  StreamSink<int> sink;
};

struct Naive {
  std::vector<Cycle> pushed;
  std::vector<Cycle> popped;
};

/// The same stream, cycle by cycle, from the first paragraph of docs/timing.md.
Naive naive(const RandomStream& stream) {
  Naive result;
  for (Cycle t = 0; result.popped.size() < kItems; ++t) {
    const std::size_t next = result.popped.size();
    const bool arrived = next < result.pushed.size() && result.pushed[next] + stream.latency <= t;
    std::size_t taken = result.pushed.size() - next;
    taken += next > 0 && result.popped.back() == t ? 1 : 0;
    const std::size_t taken_before_this_pop = taken;
    if (arrived && !stream.sink_stalls.stalls(t)) {
      result.popped.push_back(t);
    }
    if (result.pushed.size() < kItems && taken_before_this_pop < stream.slots &&
        !stream.source_stalls.stalls(t)) {
      result.pushed.push_back(t);
    }
  }
  return result;
}

using StreamContract = SimTest;

TEST_F(StreamContract, HoldsUnderRandomStalls) {
  std::vector<std::unique_ptr<RandomStream>> streams;
  for (std::uint64_t i = 0; i < 60; ++i) {
    streams.push_back(
        std::make_unique<RandomStream>(("stream" + std::to_string(i)).c_str(), clock_, i));
  }
  run();
  for (const auto& stream : streams) {
    SCOPED_TRACE(std::string(stream->name()) + ": " + std::to_string(stream->slots) +
                 " slots, latency " + std::to_string(stream->latency));
    ASSERT_EQ(stream->sink.received().size(), static_cast<std::size_t>(kItems));
    std::vector<Cycle> pushed;
    for (int i = 0; i < kItems; ++i) {
      const auto index = static_cast<std::size_t>(i);
      EXPECT_EQ(stream->sink.received()[index].item, i) << "lost, doubled or out of order";
      pushed.push_back(stream->source.sent()[index].cycle);
    }
    const Naive expected = naive(*stream);
    EXPECT_EQ(pushed, expected.pushed);
    EXPECT_EQ(stream->sink.cycles(), expected.popped);
    EXPECT_THAT(stream->checker.violations(), testing::IsEmpty());
    EXPECT_EQ(stream->checker.unfinished(), 0U);
    EXPECT_EQ(stream->checker.transactions(), static_cast<std::uint64_t>(kItems));
  }
}

/// Whoever is built first, and so runs first within a cycle: nothing changes.
TEST_F(StreamContract, DoesNotDependOnTheOrderOfConstruction) {
  const StallPolicy stalls = StallPolicy::random(3, 40);
  StreamSource<int> source_first("source_first", clock_, 3, 2);
  StreamSink<int> sink_second("sink_second", clock_, stalls);
  StreamSink<int> sink_first("sink_first", clock_, stalls);
  StreamSource<int> source_second("source_second", clock_, 3, 2);
  source_first.out.bind(sink_second.in);
  source_second.out.bind(sink_first.in);
  for (int i = 0; i < kItems; ++i) {
    source_first.send(i);
    source_second.send(i);
  }
  run();
  EXPECT_EQ(sink_first.cycles(), sink_second.cycles());
  EXPECT_EQ(sink_first.received().size(), static_cast<std::size_t>(kItems));
}

}  // namespace
}  // namespace airnn::test
