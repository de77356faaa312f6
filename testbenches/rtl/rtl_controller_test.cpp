// SPDX-License-Identifier: Apache-2.0
//
// The Read Weight Controller in RTL in the place of the project's own, and all units in RTL
// together: every cycle, count, value, signal and slice of a run is the same.
#include <gmock/gmock.h>

#include "hw/rtl/rtl_controller_pins.h"
#include "sw/format/errors.h"
#include "testbenches/rtl/rtl_run.h"

namespace airnn::test {
namespace {

class RtlControllerRun : public RtlRun {
 protected:
  RtlControllerRun() { params_.address_latency_cycles = 2; }

  AcceleratorParams rtl(std::uint64_t seed = 0) const {
    AcceleratorParams params = params_;
    put("controller", "controller", seed, params);
    return params;
  }
};

TEST_P(RtlControllerRun, GivesTheSameRecordWaveformAndTimeline) {
  expect_same_files(rtl(), {".out_weights.", ".in_weights.", ".out_input.", ".in_input.",
                            ".out_placed_", ".in_weights_0.", ".out_batch_placed.", ".in_placed."});
}

/// Registers hold anything before the reset. Monitors are off every other time, too.
TEST_P(RtlControllerRun, GivesTheSameRecordUnderStalls) {
  SimulationOptions options;
  options.monitors = GetParam() % 2 == 0;
  for (const Cycle stall : {Cycle{1}, Cycle{40}}) {
    expect_same_record(rtl(GetParam()), options, stall);
  }
}

TEST_P(RtlControllerRun, GivesTheSameRecordTogetherWithTheOtherUnits) {
  AcceleratorParams params = rtl(GetParam());
  put("addresses", "addresses_2", GetParam(), params);
  for (const Cycle stall : {Cycle{0}, Cycle{5}}) {
    expect_same_record(params, {}, stall);
  }
}

/// The library of these tests has pins for 16 layers and lanes, and for 16 bursts a stream.
class RtlControllerFits : public testing::Test {
 protected:
  RtlControllerFits() {
    network_.layers.resize(2);
    params_.fetch.stream_buffer_bursts = 8;
  }

  std::string refusal(std::uint64_t directory_bursts = 20) {
    RtlModel model(std::make_shared<const RtlLibrary>(
                       std::string(AIRNN_RTL_LIBRARIES) + "/controller.so", "controller"),
                   "test", 0);
    try {
      RtlControllerPins pins(model);
      pins.check(model, params_, network_);
      pins.configure(model, params_, {}, directory_bursts);
    } catch (const UserError& error) {
      return error.what();
    }
    return "accepted";
  }

  Network network_;
  ReadWeightControllerParams params_;
};

TEST_F(RtlControllerFits, MachinesThatItWasBuiltFor) {
  EXPECT_EQ(refusal(), "accepted");
  EXPECT_EQ(refusal(129), "accepted");
  EXPECT_THAT(refusal(130),
              testing::HasSubstr("the image has 257 sections or more; the RTL was built for 256"));
  params_.lanes = 17;
  EXPECT_THAT(refusal(), testing::HasSubstr("accelerator.lanes is 17; the RTL was built for 16"));
  params_.lanes = 16;
  params_.fetch.stream_buffer_bursts = 17;
  EXPECT_THAT(refusal(), testing::HasSubstr(
                             "accelerator.stream_buffer_bursts is 17; the RTL was built for 16"));
  params_.fetch.stream_buffer_bursts = 16;
  params_.group.inputs_per_batch = 2;
  EXPECT_THAT(refusal(), testing::HasSubstr("expected accelerator.inputs_per_batch: 1"));
  params_.group.inputs_per_batch = 1;
  network_.layers.resize(17);
  EXPECT_THAT(refusal(),
              testing::HasSubstr("the network has layers: 17; the RTL was built for 16"));
}

TEST_F(RtlControllerFits, NetworksWhoseWeightsItReads) {
  network_.layers[1].bins = 4;
  EXPECT_THAT(refusal(), testing::HasSubstr("the image's weights are bins"));
  network_.layers[1].bins = 0;
  network_.layers[1].has_lines = true;
  EXPECT_THAT(refusal(), testing::HasSubstr("the image's weights are lines"));
  network_.layers[1].has_lines = false;
  network_.layers[1].kernels = 1 << 16;
  EXPECT_THAT(refusal(), testing::HasSubstr("a layer of 65536 rows"));
}

INSTANTIATE_TEST_SUITE_P(Seeds, RtlControllerRun,
                         testing::Range(8500000U, 8500000U + drawn_cases(18)));

}  // namespace
}  // namespace airnn::test
