// SPDX-License-Identifier: Apache-2.0
#include "hw/control/score/score_calculation.h"

#include <gmock/gmock.h>

#include "testbenches/reference/score_twin.h"
#include "testbenches/support/base_protocol_checker.h"
#include "testbenches/support/sim_test.h"
#include "testbenches/support/stream_sink.h"
#include "testbenches/support/stream_source.h"

namespace airnn::test {
namespace {

struct ScoreBench : public sc_core::sc_module {
  ScoreBench(const sc_core::sc_module_name& module_name, const ScoreCalculationParams& params,
             const ClockDomain& clock, const StallPolicy& stalls = StallPolicy::never())
      : sc_module(module_name),
        source("source", clock, 2),
        dut("dut", params, clock),
        checker("checker"),
        sink("sink", clock, stalls) {
    source.out.bind(dut.in_outputs);
    dut.out_decision.bind(checker.from_initiator);
    checker.to_target.bind(sink.in);
    dut.on_cycles.listen([this](const CyclesSpent& e) {
      activity.working += e.working;
      activity.waiting_for_credit += e.waiting_for_credit;
    });
  }
  void send(const std::int32_t* outputs, std::uint32_t iteration, Cycle not_before = 0) {
    source.send({outputs, nullptr, 1, 0, iteration}, not_before);
  }

  StreamSource<FeatureMap> source;
  ScoreCalculation dut;
  BaseProtocolChecker checker;
  StreamSink<Decision> sink;
  ActivityTwin activity;
};

ScoreCalculationParams raw_params() {
  ScoreCalculationParams params;
  params.mode = ScoreMode::raw;
  params.margin_cycles = 1;
  params.classes = 3;
  params.threshold = 10;
  params.iterations = 4;
  return params;
}

constexpr std::int32_t kSure[] = {5, 30, 20};
constexpr std::int32_t kUnsure[] = {5, 30, 21};

using ScoreCalculationTest = SimTest;

TEST_F(ScoreCalculationTest, DecidesAfterSoftmaxAndMargin) {
  ScoreCalculationParams params = raw_params();
  params.softmax_cycles = 7;
  ScoreBench raw("raw", params, clock_);
  params.mode = ScoreMode::softmax;
  ScoreBench soft("soft", params, clock_);
  raw.send(kSure, 1, 9);
  soft.send(kSure, 1, 9);
  run();
  ASSERT_EQ(raw.sink.received().size(), 1U);
  EXPECT_EQ(raw.sink.received()[0].arrived, 11U) << "the map arrives in 10";
  EXPECT_EQ(soft.sink.received()[0].arrived, 18U);
  EXPECT_EQ(raw.activity.working, 1U);
  EXPECT_EQ(soft.activity.working, 8U);
}

TEST_F(ScoreCalculationTest, TerminatesByScoreOrInTheLastIteration) {
  ScoreBench bench("bench", raw_params(), clock_);
  bench.send(kUnsure, 1);
  bench.send(kSure, 2);
  bench.send(kUnsure, 4);
  run();
  ASSERT_EQ(bench.sink.received().size(), 3U);
  const auto decision = [&](std::size_t i) { return bench.sink.received()[i].item; };
  EXPECT_EQ(decision(0).terminate, 0U);
  EXPECT_EQ(decision(0).score, 9);
  EXPECT_EQ(decision(0).prediction, 1U);
  EXPECT_EQ(decision(1).terminate, 1U) << "the score is the threshold";
  EXPECT_EQ(decision(2).terminate, 1U) << "nothing is left to fetch";
  EXPECT_EQ(decision(2).iteration, 4U);
  EXPECT_THAT(bench.checker.violations(), testing::IsEmpty());
}

TEST_F(ScoreCalculationTest, DoesNotTrustScoresBeforeTheLeastIteration) {
  ScoreCalculationParams params = raw_params();
  params.min_iterations = 3;
  ScoreBench bench("bench", params, clock_);
  for (std::uint32_t i = 1; i <= 3; ++i) {
    bench.send(kSure, i);
  }
  run();
  ASSERT_EQ(bench.sink.received().size(), 3U);
  EXPECT_EQ(bench.sink.received()[1].item.terminate, 0U);
  EXPECT_EQ(bench.sink.received()[2].item.terminate, 1U);
}

TEST_F(ScoreCalculationTest, AgreesWithTheTwinWhenDecisionsAreTakenLate) {
  constexpr std::uint32_t kMaps = 100;
  const StallPolicy stalls = StallPolicy::random(5, 70);
  ScoreCalculationParams params = raw_params();
  params.margin_cycles = 3;
  params.iterations = kMaps;
  ScoreBench bench("bench", params, clock_, stalls);
  for (std::uint32_t i = 1; i <= kMaps; ++i) {
    bench.send(i % 2 == 0 ? kSure : kUnsure, i);
  }
  run();

  ScoreTwin twin({3, 10, 1, kMaps});
  StreamTwin<MapTwin> maps(2);
  StreamTwin<DecisionTwin> decisions(1);
  std::vector<Cycle> popped;
  std::uint32_t sent = 0;
  for (Cycle t = 0; popped.size() < kMaps; ++t) {
    if (sent < kMaps && maps.can_push(t)) {
      ++sent;
      maps.push(t, 1, {0, sent, sent % 2 == 0 ? 10 : 9, 1});
    }
    twin.step(t, maps, decisions);
    if (decisions.can_pop(t) && !stalls.stalls(t)) {
      decisions.pop(t);
      popped.push_back(t);
    }
  }
  EXPECT_EQ(bench.sink.cycles(), popped);
  EXPECT_EQ(bench.activity, twin.activity());
}

}  // namespace
}  // namespace airnn::test
