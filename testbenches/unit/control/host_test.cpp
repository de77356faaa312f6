// SPDX-License-Identifier: Apache-2.0
#include "hw/control/host.h"

#include <gmock/gmock.h>

#include <deque>

#include "hw/memory/flat/flat_memory.h"
#include "testbenches/support/sim_test.h"
#include "testbenches/support/stream_sink.h"
#include "testbenches/support/stream_source.h"

namespace airnn::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// A host, a memory, and a controller that only takes jobs and sends results.
struct HostBench : public sc_core::sc_module {
  HostBench(const sc_core::sc_module_name& module_name, const ClockDomain& clock,
            const HostParams& params, std::uint64_t capacity,
            std::deque<std::vector<std::int32_t>> maps)
      : sc_module(module_name),
        inputs(std::move(maps)),
        memory("memory", {10, 1, capacity}, clock),
        host("host", params, clock, {image.data(), image.size()},
             [this](std::vector<std::int32_t>& map) {
               if (inputs.empty()) {
                 return false;
               }
               map = inputs.front();
               inputs.pop_front();
               return true;
             }),
        jobs("jobs", clock, StallPolicy::every(20)),
        results("results", clock, 2),
        bus("bus") {
    host.memory.bind(memory.backdoor);
    bus.bind(memory.bus);
    host.out_jobs.bind(jobs.in);
    results.out.bind(host.in_results);
    host.on_result.listen([this](const InputResult& result) { seen.push_back(result.input); });
  }
  std::int32_t word(std::uint64_t address) {
    std::uint8_t bytes[4] = {};
    tlm::tlm_generic_payload payload;
    payload.set_command(tlm::TLM_READ_COMMAND);
    payload.set_address(address);
    payload.set_data_ptr(bytes);
    payload.set_data_length(4);
    payload.set_streaming_width(4);
    EXPECT_EQ(bus->transport_dbg(payload), 4U);
    return static_cast<std::int32_t>(load_little_endian(bytes, 4));
  }

  std::vector<std::uint8_t> image = std::vector<std::uint8_t>(128, 0x5A);
  std::deque<std::vector<std::int32_t>> inputs;
  FlatMemory memory;
  Host host;
  StreamSink<InputJob> jobs;
  StreamSource<InputResult> results;
  tlm_utils::simple_initiator_socket<HostBench> bus;
  std::vector<std::uint32_t> seen;
};

HostParams host_params(std::uint32_t first_input = 0) {
  HostParams params;
  params.input_address = 128;
  params.input_pitch = 64;
  params.first_input = first_input;
  return params;
}

InputResult result_of(std::uint32_t input) {
  InputResult result;
  result.input = input;
  return result;
}

using HostTest = SimTest;

TEST_F(HostTest, LoadsTheImageAndPutsInputsIntoTwoPlacesInTurn) {
  HostBench bench("bench", clock_, host_params(), 256, {{1, -2}, {3}, {5}});
  run([&] {
    wait_until(1);
    EXPECT_EQ(bench.word(0), 0x5A5A5A5A);
    EXPECT_EQ(bench.word(124), 0x5A5A5A5A);
    EXPECT_EQ(bench.word(128), 1);
    EXPECT_EQ(bench.word(132), -2);
    wait_until(200);
    sc_core::sc_stop();
  });
  ASSERT_EQ(bench.jobs.received().size(), 3U);
  EXPECT_EQ(bench.jobs.received()[0].item.address, 128U);
  EXPECT_EQ(bench.jobs.received()[1].item.address, 192U);
  EXPECT_EQ(bench.jobs.received()[2].item.address, 128U);
  EXPECT_EQ(bench.jobs.received()[2].item.input, 2U);
  EXPECT_EQ(bench.word(128), 5) << "in the place of the first";
}

/// Parts of a run put each input where a single run would.
TEST_F(HostTest, BeginsWithThePlaceOfItsFirstInput) {
  HostBench bench("bench", clock_, host_params(7), 256, {{1}, {2}});
  run([&] {
    wait_until(100);
    sc_core::sc_stop();
  });
  ASSERT_EQ(bench.jobs.received().size(), 2U);
  EXPECT_EQ(bench.jobs.received()[0].item.address, 192U);
  EXPECT_EQ(bench.jobs.received()[0].item.input, 0U) << "inputs count from the run's first";
  EXPECT_EQ(bench.jobs.received()[1].item.address, 128U);
}

TEST_F(HostTest, EndsTheRunWithTheLastResult) {
  HostBench bench("bench", clock_, host_params(), 256, {{1}, {2}});
  bench.results.send(result_of(0), 50);
  bench.results.send(result_of(1), 90);
  std::vector<Cycle> cycles;
  bench.host.on_result.listen([&](const InputResult&) { cycles.push_back(clock_.now()); });
  run();
  EXPECT_THAT(bench.seen, ElementsAre(0, 1));
  EXPECT_THAT(cycles, ElementsAre(51, 91));
  EXPECT_EQ(clock_.now(), 91U) << "nothing goes on behind it, as the stalls of the sink would";
}

TEST_F(HostTest, AMemoryThatIsTooSmallIsRefused) {
  HostBench bench("bench", clock_, host_params(), 64, {{1}});
  EXPECT_THAT(run_to_failure(), HasSubstr("the memory is smaller than what has to be loaded"));
}

}  // namespace
}  // namespace airnn::test
