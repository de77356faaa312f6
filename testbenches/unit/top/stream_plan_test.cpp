// SPDX-License-Identifier: Apache-2.0
#include "hw/top/stream_plan.h"

#include <gmock/gmock.h>

#include "testbenches/support/sim_test.h"

namespace airnn::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// a (weights, reads the input) -> b (pools) -> add (of b and the input).
Network three_layers() {
  Network network;
  network.input = {1, 4, 4};
  network.input_format = {16, 8};
  network.layers.resize(3);
  network.layers[0].name = "a";
  network.layers[0].kernels = 3;
  network.layers[0].columns = 9;
  network.layers[0].output_format = {8, 4};
  network.layers[1].name = "b";
  network.layers[1].source = 0;
  network.layers[2].name = "add.1";
  network.layers[2].source = 1;
  network.layers[2].skip = kNetworkInput;
  return network;
}

std::string line(const PlannedStream& stream) {
  return stream.from + " > " + stream.to;
}

TEST(StreamPlan, HasEveryStreamOfTheMachine) {
  std::vector<std::string> lines;
  for (const PlannedStream& stream : plan_streams(three_layers())) {
    lines.push_back(line(stream));
  }
  EXPECT_THAT(
      lines,
      ElementsAre("host.out_jobs > read_weight_controller.in_jobs",
                  "read_weight_controller.out_results > host.in_results",
                  "read_weight_controller.out_weights > buffer_address_calculation.in_weights",
                  "buffer_address_calculation.out_batch_placed > read_weight_controller.in_placed",
                  "read_weight_controller.out_input > input_buffer.in_input",
                  "score_calculation.out_decision > read_weight_controller.in_decision",
                  "read_weight_controller.out_control_0 > input_buffer.in_control",
                  "read_weight_controller.out_control_1 > a.in_control",
                  "buffer_address_calculation.out_placed_0 > a.in_weights_0",
                  "read_weight_controller.out_control_2 > b.in_control",
                  "read_weight_controller.out_control_3 > add_1.in_control",
                  "input_buffer.out_maps_0 > a.in_map", "a.out_maps_0 > b.in_map",
                  "b.out_maps_0 > add_1.in_map", "input_buffer.out_maps_1 > add_1.in_skip_0",
                  "add_1.out_maps_0 > score_calculation.in_outputs",
                  "add_1.out_maps_1 > read_weight_controller.in_outputs"));
}

TEST(StreamPlan, HasAPortForEveryConsumer) {
  const Network network = three_layers();
  EXPECT_EQ(consumers_of(network, kNetworkInput), 2U);
  EXPECT_EQ(consumers_of(network, 0), 1U);
  EXPECT_EQ(consumers_of(network, 2), 2U) << "Score Calculation and the controller";
}

TEST(StreamPlan, SaysHowWideItemsAre) {
  WireFormat words;
  words.word_bits = 8;
  for (const PlannedStream& stream : plan_streams(three_layers(), words)) {
    if (stream.to == "a.in_weights_0") {
      EXPECT_EQ(stream.wires.word_bits, 8U);
      EXPECT_EQ(stream.wires.pitch, 11U) << "9 weights and a bias of two words";
      EXPECT_EQ(stream.wires.slot_bits, 6U) << "33 slots";
    } else if (stream.to == "a.in_map") {
      EXPECT_EQ(stream.wires.element_bits, 16U);
    } else if (stream.to == "b.in_map") {
      EXPECT_EQ(stream.wires.element_bits, 8U);
    }
  }
}

class PlannedPorts : public SimTest {
 protected:
  struct Unit : sc_core::sc_module {
    Unit(const sc_core::sc_module_name& module_name, const ClockDomain& clock)
        : sc_module(module_name), decisions("decisions", clock, 1), jobs("jobs", clock) {}

    StreamOut<Decision> decisions;
    StreamIn<InputJob> jobs;
  };
};

TEST_F(PlannedPorts, AreRefusedWhereTheyAreOfAnotherType) {
  Unit unit("unit", clock_);
  Wiring wiring;
  const PlannedStream stream = plan_streams(three_layers()).front();
  try {
    stream.connect(wiring, unit.decisions, unit.jobs, stream.wires);
    FAIL() << "not refused";
  } catch (const std::exception& error) {
    EXPECT_THAT(error.what(), HasSubstr("unit.decisions"));
  }
  forget_complaints();
  EXPECT_TRUE(wiring.bindings().empty());
}

}  // namespace
}  // namespace airnn::test
