// SPDX-License-Identifier: Apache-2.0
//
// Libraries that are none, do not fit, or misbehave. Those that have pins are made without RTL.
#include <gmock/gmock.h>

#include <cstdlib>
#include <memory>

#include "hw/rtl/rtl_addresses.h"
#include "hw/sim/run_config.h"
#include "sw/format/errors.h"
#include "testbenches/support/sim_test.h"
#include "testbenches/support/source_path.h"
#include "testbenches/support/stream_sink.h"
#include "testbenches/support/stream_source.h"
#include "testbenches/support/temporary_file.h"

namespace airnn::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const std::string kFake = AIRNN_FAKE_LIBRARY;

/// So many layers of three weights.
Network plain_network(std::size_t layers) {
  Network network;
  network.name = "plain";
  network.layers.resize(layers);
  for (std::size_t i = 0; i < layers; ++i) {
    network.layers[i].name = "layer" + std::to_string(i);
    network.layers[i].kernels = 3;
    network.layers[i].columns = 1;
  }
  return network;
}

class RtlConfig : public testing::Test {
 protected:
  RtlConfig() { unsetenv("AIRNN_FAKE_FLAW"); }
  ~RtlConfig() override { unsetenv("AIRNN_FAKE_FLAW"); }

  RunConfig read(const std::vector<std::string>& sets) const {
    std::vector<ConfigAssignment> assignments;
    for (const std::string& set : sets) {
      assignments.push_back({set, {}});
    }
    return read_run_config(source_path("configs/run/default.yaml"), assignments, network_);
  }
  std::string refusal(const std::vector<std::string>& sets) const {
    try {
      read(sets);
    } catch (const ConfigError& error) {
      return error.what();
    }
    return "accepted";
  }
  std::string refusal_of_flaw(const char* flaw) const {
    setenv("AIRNN_FAKE_FLAW", flaw, 1);
    return refusal({"rtl.addresses=" + kFake});
  }

  Network network_ = plain_network(3);
};

TEST_F(RtlConfig, TakesTheUnitWithAndWithoutASeed) {
  EXPECT_EQ(read({}).accelerator.units.addresses, "");
  const RunConfig plain = read({"rtl.addresses=" + kFake});
  EXPECT_EQ(plain.accelerator.units.addresses, "rtl");
  EXPECT_EQ(plain.accelerator.factory.addresses.back().name, "rtl");
  EXPECT_THAT(to_yaml(plain.effective), HasSubstr("rtl:"));
  const RunConfig seeded = read({"rtl.addresses.library=" + kFake, "rtl.addresses.seed=7"});
  EXPECT_THAT(to_yaml(seeded.effective), HasSubstr("seed: 7"));
}

TEST_F(RtlConfig, RefusesWhatIsNoLibraryForTheUnit) {
  EXPECT_THAT(refusal({"rtl.addresses=none.so"}),
              AllOf(HasSubstr("--set"), HasSubstr("rtl.addresses"),
                    HasSubstr("none.so: no such file; expected a library")));
  const TemporaryFile text("no library", ".so");
  EXPECT_THAT(refusal({"rtl.addresses=" + text.path()}), HasSubstr("is not a library: "));
  EXPECT_THAT(refusal({"rtl.addresses=" + std::string(AIRNN_OTHER_LIBRARY)}),
              HasSubstr("has no function airnn_rtl(); expected a library"));
  EXPECT_THAT(refusal_of_flaw("abi"),
              HasSubstr("was built for version 99 of airnn_rtl.h; expected 1: build it again"));
  EXPECT_THAT(refusal_of_flaw("unit"),
              HasSubstr("was built for the unit 'score'; expected 'addresses'"));
}

TEST_F(RtlConfig, RefusesPinsThatAreNotThoseOfTheUnit) {
  EXPECT_THAT(refusal_of_flaw("missing pin"),
              HasSubstr("module my_module has no pin in_weights_ready"));
  EXPECT_THAT(refusal_of_flaw("direction"),
              HasSubstr("pin in_weights_ready is an input; expected an output"));
  EXPECT_THAT(refusal_of_flaw("width"), HasSubstr("pin in_weights_row has 240 bits; expected 256"));
}

TEST_F(RtlConfig, RefusesMachinesThatTheRtlWasNotBuiltFor) {
  const std::string rtl = "rtl.addresses=" + kFake;
  EXPECT_THAT(refusal({rtl, "accelerator.lanes=32"}),
              HasSubstr("accelerator.lanes is 32; the RTL was built for 16"));
  EXPECT_THAT(refusal({rtl, "accelerator.address_latency_cycles=3"}),
              HasSubstr("accelerator.address_latency_cycles is 3; the RTL's latency is 2"));
  network_ = plain_network(5);
  EXPECT_THAT(refusal({rtl}), HasSubstr("the network has layers: 5; the RTL was built for 4"));
  network_ = plain_network(2);
  network_.layers[0].kernels = 1 << 16;
  EXPECT_THAT(refusal({rtl}), HasSubstr("a layer of 65536 rows and 3 columns"));
}

TEST_F(RtlConfig, RefusesWhatTheUnitHasNoPinsFor) {
  const RtlChoice choice{std::make_shared<const RtlLibrary>(kFake, "addresses"), 0};
  AcceleratorParams params;
  const auto message = [&] {
    try {
      built_in_rtl().front().put(choice, network_, params);
    } catch (const UserError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_EQ(message(), "");
  params.link.make = [](const LinkedMachine&) { return nullptr; };
  EXPECT_THAT(message(), HasSubstr("slots of direct streams; expected interconnect: direct"));
  params.link.make = nullptr;
  network_.layers[1].has_lines = true;
  EXPECT_THAT(message(), HasSubstr("the image's weights are lines"));
}

TEST_F(RtlConfig, RefusesUnknownUnitsAndKeys) {
  EXPECT_THAT(
      refusal({"rtl.adresses=" + kFake}),
      HasSubstr(
          "no unit of this name can be RTL; expected addresses, controller, score; did you mean "
          "'addresses'?"));
  EXPECT_THAT(refusal({"rtl.addresses.library=" + kFake, "rtl.addresses.sed=7"}),
              HasSubstr("did you mean 'seed'?"));
  EXPECT_THAT(refusal({"rtl.addresses.seed=7"}), HasSubstr("library"));
}

/// The unit alone, up to its reset.
class FakeRtl : public SimTest {
 protected:
  ~FakeRtl() override { unsetenv("AIRNN_FAKE_FLAW"); }

  std::string failure(const char* flaw) {
    setenv("AIRNN_FAKE_FLAW", flaw, 1);
    RtlAddresses unit("unit", {}, clock_, std::make_shared<const RtlLibrary>(kFake, "addresses"),
                      0);
    StreamSource<WeightBeat> source("source", clock_, 1);
    StreamSink<BatchPlaced> sink("sink", clock_);
    source.out.bind(unit.in_weights);
    unit.out_batch_placed.bind(sink.in);
    return run_to_failure();
  }
};

TEST_F(FakeRtl, IsRefusedIfItIsNotIdleAfterTheReset) {
  EXPECT_THAT(failure("valid after reset"),
              HasSubstr("after the reset busy or a valid of the RTL is not 0"));
}

TEST_F(FakeRtl, EndsTheRunIfAnAssertionFails) {
  EXPECT_THAT(failure("assertion"), HasSubstr("unit at 0 s: my.sv:7: an assertion or $stop"));
}

}  // namespace
}  // namespace airnn::test
