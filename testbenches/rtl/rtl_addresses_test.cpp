// SPDX-License-Identifier: Apache-2.0
//
// Buffer Address Calculation in RTL in the place of the project's own: every cycle, count, value,
// signal and slice of a run is the same.
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "hw/memory/ddr3/ddr3_controller.h"
#include "hw/rtl/rtl_unit.h"
#include "hw/sim/simulation.h"
#include "sw/results/record_codec.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/inputs_in_turn.h"
#include "testbenches/support/random_ddr3.h"
#include "testbenches/support/scratch_folder.h"
#include "testbenches/support/slow_streams.h"
#include "testbenches/support/vcd_file.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr unsigned kLanes = 16;  ///< of the libraries

Bytes file_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  const std::string all = text.str();
  return Bytes(all.begin(), all.end());
}

/// A random small network on a random machine; the seed decides on memory and prefetch, too.
class RtlAddressesRun : public testing::TestWithParam<unsigned> {
 protected:
  RtlAddressesRun()
      : random_(GetParam()),
        image_(image_of(random_.model(), options())),
        params_(random_params(random_, image_)),
        inputs_(random_inputs(random_, image_.network())) {
    params_.controller.lanes = std::min(params_.controller.lanes, kLanes);
    params_.controller.prefetch = GetParam() % 2 == 0 ? Prefetch::none : Prefetch::next;
    if (GetParam() % 3 == 0) {
      params_.memory = ddr3_memory(random_ddr3(GetParam()));
    }
  }

  CompileOptions options() {
    CompileOptions options = random_.options();
    options.scheme = std::vector<Scheme>{Scheme::base, Scheme::iterative,
                                         Scheme::interleaved}[GetParam() / 2 % 3];
    return options;
  }

  /// The machine with the library of its latency.
  AcceleratorParams rtl(std::uint64_t seed = 0) const {
    AcceleratorParams params = params_;
    const std::string library = std::string(AIRNN_RTL_LIBRARIES) + "/addresses_" +
                                std::to_string(params.address_latency_cycles) + ".so";
    built_in_rtl().front().put({std::make_shared<const RtlLibrary>(library, "addresses"), seed},
                               image_.network(), params);
    return params;
  }

  Bytes run(const AcceleratorParams& params, const SimulationOptions& options, Cycle stall) const {
    return in_child([&] {
      SlowStreams slow(GetParam(), stall, params.fabric_period_ps);
      SimulationOptions stalled = options;
      stalled.stages = {&slow};
      Simulation simulation(params, image_, in_turn(inputs_), stalled);
      return encode_record(simulation.run());
    });
  }

  RandomModel random_;
  MemoryImage image_;
  AcceleratorParams params_;
  Maps inputs_;
  ScratchFolder folder_;
};

/// When words and acknowledgements are handed over ahead of their arrival shows in nothing else.
bool shows_handing_over(const std::string& path) {
  const std::string end = ".free_slots";
  const bool is_count =
      path.size() > end.size() && path.compare(path.size() - end.size(), end.size(), end) == 0;
  const std::vector<std::string> ports = {".out_placed_", ".in_weights_0.", ".out_batch_placed.",
                                          ".in_placed."};
  return is_count && std::any_of(ports.begin(), ports.end(), [&](const std::string& port) {
           return path.find(port) != std::string::npos;
         });
}

using RtlAddresses2 = RtlAddressesRun;

TEST_P(RtlAddresses2, GiveTheSameRecordWaveformAndTimeline) {
  params_.address_latency_cycles = 2;
  const auto files = [this](const AcceleratorParams& params, const std::string& name) {
    SimulationOptions options;
    options.wave.file = folder_.path() + "/" + name + ".vcd";
    options.timeline = folder_.path() + "/" + name + ".json";
    const Bytes record = run(params, options, 0);
    return std::make_tuple(record, read_vcd(options.wave.file), file_bytes(options.timeline));
  };
  const auto [due_record, due_wave, due_timeline] = files(params_, "own");
  auto [record, wave, timeline] = files(rtl(), "rtl");
  EXPECT_GT(due_record.size(), 100U);
  EXPECT_TRUE(record == due_record) << describe(image_);
  EXPECT_GT(due_timeline.size(), 1000U);
  EXPECT_TRUE(timeline == due_timeline);
  EXPECT_EQ(wave.signals.size(), due_wave.signals.size());
  for (const auto& [path, signal] : due_wave.signals) {
    if (!shows_handing_over(path)) {
      EXPECT_TRUE(wave.signals.at(path).changes == signal.changes) << path;
    }
  }
}

/// Registers hold anything before the reset. Monitors are off every other time, too.
TEST_P(RtlAddresses2, GiveTheSameRecordUnderStalls) {
  params_.address_latency_cycles = 2;
  SimulationOptions options;
  options.monitors = GetParam() % 2 == 0;
  for (const Cycle stall : {Cycle{1}, Cycle{40}}) {
    EXPECT_TRUE(run(rtl(GetParam()), options, stall) == run(params_, options, stall))
        << describe(image_) << ", stalls of up to " << stall;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RtlAddresses2,
                         testing::Range(8200000U, 8200000U + drawn_cases(12)));

#ifdef AIRNN_RTL_LATENCIES

using RtlAddressesLatency = RtlAddressesRun;

/// One without a register, and one with several.
TEST_P(RtlAddressesLatency, IsThatOfTheLibrary) {
  for (const Cycle latency : {Cycle{1}, Cycle{5}}) {
    params_.address_latency_cycles = latency;
    for (const Cycle stall : {Cycle{0}, Cycle{5}}) {
      EXPECT_TRUE(run(rtl(GetParam()), {}, stall) == run(params_, {}, stall))
          << describe(image_) << ", latency " << latency << ", stalls of up to " << stall;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RtlAddressesLatency, seeds(8300000, 6));

#endif

}  // namespace
}  // namespace airnn::test
