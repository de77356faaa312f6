// SPDX-License-Identifier: Apache-2.0
//
// Buffer Address Calculation in RTL in the place of the project's own: every cycle, count, value,
// signal and slice of a run is the same.
#include "testbenches/rtl/rtl_run.h"

namespace airnn::test {
namespace {

class RtlAddressesRun : public RtlRun {
 protected:
  /// The machine with the library of its latency.
  AcceleratorParams rtl(std::uint64_t seed = 0) const {
    AcceleratorParams params = params_;
    put("addresses", "addresses_" + std::to_string(params.address_latency_cycles), seed, params);
    return params;
  }
};

using RtlAddresses2 = RtlAddressesRun;

TEST_P(RtlAddresses2, GiveTheSameRecordWaveformAndTimeline) {
  params_.address_latency_cycles = 2;
  expect_same_files(rtl(), {".out_placed_", ".in_weights_0.", ".out_batch_placed.", ".in_placed."});
}

/// Registers hold anything before the reset. Monitors are off every other time, too.
TEST_P(RtlAddresses2, GiveTheSameRecordUnderStalls) {
  params_.address_latency_cycles = 2;
  SimulationOptions options;
  options.monitors = GetParam() % 2 == 0;
  for (const Cycle stall : {Cycle{1}, Cycle{40}}) {
    expect_same_record(rtl(GetParam()), options, stall);
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
      expect_same_record(rtl(), {}, stall);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RtlAddressesLatency, seeds(8300000, 6));

#endif

}  // namespace
}  // namespace airnn::test
