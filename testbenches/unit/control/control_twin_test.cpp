// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "testbenches/support/random_machine.h"
#include "testbenches/support/sim_test.h"

namespace airnn::test {
namespace {

class ControlTwin : public SimTest,
                    public testing::WithParamInterface<std::tuple<World, Prefetch, int>> {};

/// Reads, beats, placements, states, decisions, results: all of them in the twin's cycles. The twin
/// knows nothing of trains and predictions, so these must not show.
TEST_P(ControlTwin, AgreesInEveryCycleWithRandomMachines) {
  constexpr std::uint64_t kMachines = 12;
  const auto [world, prefetch, part] = GetParam();
  std::vector<std::unique_ptr<RandomMachine>> machines;
  for (std::uint64_t i = 0; i < kMachines; ++i) {
    const std::uint64_t number = static_cast<std::uint64_t>(part) * kMachines + i;
    machines.push_back(std::make_unique<RandomMachine>(number, world, i % 2 == 0));
    machines.back()->params.prediction = static_cast<Prediction>(number % 3);
    machines.back()->params.controller.prefetch = prefetch;
    machines.back()->twin.prefetch = prefetch == Prefetch::next;
    machines.back()->build(clock_);
  }
  run();
  for (std::size_t i = 0; i < machines.size(); ++i) {
    const RandomMachine& machine = *machines[i];
    SCOPED_TRACE("machine " + std::to_string(i) + ": " + machine.text());
    const MachineTrace trace = machine.bench->events();
    EXPECT_EQ(trace.results.size(), machine.twin.input_addresses.size())
        << "the controller is " << machine.bench->controller->waiting_for();
    const MachineTrace twin = run_machine_twin(machine.image, machine.twin, 2000000);
    EXPECT_EQ(difference(trace, twin), "");
    EXPECT_EQ(machine.bench->protocol_violations(), "");
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, ControlTwin,
    testing::Combine(testing::Values(World::trains, World::single_items, World::stalling,
                                     World::deferring, World::crossing),
                     testing::Values(Prefetch::none, Prefetch::next), testing::Range(0, 4)),
    [](const testing::TestParamInfo<ControlTwin::ParamType>& test) {
      const bool prefetch = std::get<1>(test.param) == Prefetch::next;
      return std::string(to_string(std::get<0>(test.param))) + (prefetch ? "_prefetch_" : "_") +
             std::to_string(std::get<2>(test.param));
    });

}  // namespace
}  // namespace airnn::test
