// SPDX-License-Identifier: Apache-2.0
#include "hw/control/input_buffer.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "testbenches/support/sim_test.h"
#include "testbenches/support/stream_sink.h"
#include "testbenches/support/stream_source.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;

/// An input buffer for a map of 2x3x5 with two consumers.
struct InputBench : public sc_core::sc_module {
  InputBench(const sc_core::sc_module_name& module_name, const ClockDomain& clock,
             const StallPolicy& second_stalls = StallPolicy::never())
      : sc_module(module_name),
        input("input", clock, 4),
        control("control", clock, 2),
        dut("dut", {2, 3, 5}, clock, 2),
        first("first", clock),
        second("second", clock, second_stalls) {
    input.out.bind(dut.in_input);
    control.out.bind(dut.in_control);
    dut.out_maps[0].bind(first.in);
    dut.out_maps[1].bind(second.in);
    first.on_item.listen([this](const StreamSink<FeatureMap>::Received& r) {
      map.assign(r.item.data, r.item.data + 30);
      rows.assign(r.item.row_ready, r.item.row_ready + r.item.rows);
    });
  }
  InputBeat burst(std::uint32_t begin, std::uint32_t count) const {
    InputBeat beat;
    beat.first = begin;
    beat.count = count;
    for (std::uint32_t i = 0; i < count; ++i) {
      beat.values[i] = static_cast<std::int32_t>(begin + i) * 7;
    }
    return beat;
  }

  StreamSource<InputBeat> input;
  StreamSource<ControlMessage> control;
  InputBuffer dut;
  StreamSink<FeatureMap> first;
  StreamSink<FeatureMap> second;
  std::vector<std::int32_t> map;
  std::vector<Cycle> rows;
};

using InputBufferTest = SimTest;

TEST_F(InputBufferTest, HandsTheMapToItsConsumersInTheCycleAfterStart) {
  InputBench bench("bench", clock_);
  bench.input.send(bench.burst(0, 16));
  bench.input.send(bench.burst(16, 14));
  bench.control.send({ControlKind::start, 3, 2}, 10);
  run();
  ASSERT_EQ(bench.first.received().size(), 1U);
  EXPECT_EQ(bench.first.cycles(), std::vector<Cycle>{12}) << "pushed in 10, there in 11";
  EXPECT_EQ(bench.second.cycles(), std::vector<Cycle>{12});
  EXPECT_EQ(bench.first.received()[0].item.input, 3U);
  EXPECT_EQ(bench.first.received()[0].item.iteration, 2U);
  EXPECT_EQ(bench.rows, (std::vector<Cycle>{12, 12, 12})) << "every row is readable on arrival";
  for (std::size_t i = 0; i < bench.map.size(); ++i) {
    EXPECT_EQ(bench.map[i], static_cast<std::int32_t>(i) * 7);
  }
}

TEST_F(InputBufferTest, KeepsTheMapForEveryIteration) {
  InputBench bench("bench", clock_);
  bench.input.send(bench.burst(0, 16));
  bench.input.send(bench.burst(16, 14));
  for (std::uint32_t i = 1; i <= 3; ++i) {
    bench.control.send({ControlKind::configure, 0, i}, 10 * i - 1);
    bench.control.send({ControlKind::start, 0, i}, 10 * i);
  }
  run();
  EXPECT_EQ(bench.first.cycles(), (std::vector<Cycle>{12, 22, 32}));
  EXPECT_EQ(bench.map[29], 29 * 7);
}

TEST_F(InputBufferTest, WaitsUntilEveryConsumerHasAFreeSlot) {
  InputBench bench("bench", clock_, StallPolicy::every(1));  // the second consumer takes nothing
  bench.input.send(bench.burst(0, 16));
  bench.input.send(bench.burst(16, 14));
  bench.control.send({ControlKind::start, 0, 1}, 10);
  bench.control.send({ControlKind::start, 0, 2}, 11);
  run([this] {
    wait_until(100);
    sc_core::sc_stop();
  });
  EXPECT_EQ(bench.first.cycles(), std::vector<Cycle>{12}) << "no consumer runs ahead of another";
  EXPECT_EQ(bench.second.received().size(), 0U);
}

TEST_F(InputBufferTest, MayNotStartBeforeTheMapIsComplete) {
  InputBench bench("bench", clock_);
  bench.input.send(bench.burst(0, 16));
  bench.control.send({ControlKind::start, 0, 1}, 10);
  EXPECT_THAT(run_to_failure(), HasSubstr("started before the input map was complete (P4)"));
}

TEST_F(InputBufferTest, IsEmptyAfterReset) {
  InputBench bench("bench", clock_);
  bench.input.send(bench.burst(0, 16));
  bench.input.send(bench.burst(16, 14));
  bench.control.send({ControlKind::reset, 0, 1}, 10);
  bench.control.send({ControlKind::start, 0, 1}, 11);
  EXPECT_THAT(run_to_failure(), HasSubstr("started before the input map was complete (P4)"));
}

TEST_F(InputBufferTest, RefusesABurstOutsideOfTheMap) {
  InputBench bench("bench", clock_);
  bench.input.send(bench.burst(16, 15));
  EXPECT_THAT(run_to_failure(), HasSubstr("an input burst lies outside of the map"));
}

TEST_F(InputBufferTest, StoresATrainAfterTheResetBeforeIt) {
  InputBench bench("bench", clock_);
  bench.control.send({ControlKind::reset, 0, 1}, 4);
  bench.control.send({ControlKind::start, 0, 1}, 20);
  run([&] {
    wait_until(5);
    ASSERT_TRUE(bench.input.out.takes_trains());
    const Train<InputBeat> train = {{3, bench.burst(0, 16)}, {4, bench.burst(16, 14)}};
    EXPECT_EQ(bench.input.out.push_all(std::make_shared<const Train<InputBeat>>(train)), 10U);
  });
  EXPECT_EQ(bench.first.cycles(), std::vector<Cycle>{22});
}

}  // namespace
}  // namespace airnn::test
