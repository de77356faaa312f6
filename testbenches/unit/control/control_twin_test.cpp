// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <sstream>
#include <vector>

#include "testbenches/reference/machine_twin.h"
#include "testbenches/support/control_bench.h"
#include "testbenches/support/random_image.h"
#include "testbenches/support/sim_test.h"

namespace airnn::test {
namespace {

/// How the surroundings of the control units behave.
enum class World {
  trains,        ///< flat memory, receivers take trains: fetches are computed ahead
  single_items,  ///< flat memory, receivers refuse trains: fetches are stepped
  stalling,      ///< flat memory, receivers stall at random
  deferring,     ///< a memory that defers, answers out of order and holds requests back
  crossing,      ///< the same, with a clock of its own, and receivers stall
};

const char* to_string(World world) {
  switch (world) {
    case World::trains:
      return "trains";
    case World::single_items:
      return "single_items";
    case World::stalling:
      return "stalling";
    case World::deferring:
      return "deferring";
    case World::crossing:
      return "crossing";
  }
  return "";
}

template <typename T>
T one_of(std::mt19937_64& random, std::initializer_list<T> choices) {
  return *(choices.begin() + static_cast<std::ptrdiff_t>(random() % choices.size()));
}

/// One machine with random content, parameters and surroundings.
struct Machine {
  Machine(std::uint64_t number, World world, const ClockDomain& clock)
      : random(number * 1000003 + static_cast<std::uint64_t>(world)) {
    RandomImageOptions content;
    content.scheme = random() % 4 == 0 ? Scheme::base : Scheme::iterative;
    content.widths.value_bytes = one_of(random, {1, 2, 4});
    content.widths.index_bytes = one_of(random, {1, 2, 4});
    content.iterations = static_cast<int>(random() % 4) + 1;
    content.layers = static_cast<int>(random() % 4) + 1;
    content.most_neurons = one_of(random, {3, 12, 40, 60});
    content.kept_percent = one_of(random, {3U, 30U, 100U});
    image = std::make_unique<MemoryImage>(random_image(content, random));
    choose_parameters(world);
    twin.input_addresses.clear();
    bench = std::make_unique<ControlBench>(("machine" + std::to_string(number)).c_str(), params,
                                           clock, *image);
    for (std::uint32_t i = 0; i < bench->inputs(); ++i) {
      twin.input_addresses.push_back(bench->input_address(i));
    }
  }

  void choose_parameters(World world) {
    twin.lanes = one_of(random, {1U, 2U, 7U, 16U, 64U});
    twin.outstanding_reads = one_of(random, {1U, 2U, 5U, 32U, 64U});
    // The least with which every beat fits: look-ahead of one entry, and arrays lie anywhere.
    const unsigned least = ((twin.lanes + 1) * 8 + 63) / 64 + 1;
    twin.stream_buffer_bursts = least + one_of(random, {0U, 1U, 6U, 30U});
    twin.address_latency = one_of<Cycle>(random, {1, 2, 5});
    twin.memory_latency = one_of<Cycle>(random, {1, 7, 120});
    twin.burst_interval = one_of<Cycle>(random, {1, 1, 3});
    twin.compute_latency = random() % 30 + 1;
    params.controller.lanes = twin.lanes;
    params.controller.fetch = {twin.outstanding_reads, twin.stream_buffer_bursts};
    params.address_latency = twin.address_latency;
    params.flat_memory = {twin.memory_latency, twin.burst_interval, 0};
    params.compute_latency = twin.compute_latency;
    params.trains = world == World::trains ? Trains::taken : Trains::refused;
    if (world == World::stalling || world == World::crossing) {
      params.weight_stalls = StallPolicy::random(random(), one_of(random, {20U, 80U}));
      params.input_stalls = StallPolicy::random(random(), one_of(random, {20U, 80U}));
      params.result_stalls = StallPolicy::random(random(), 95);
    }
    twin.weight_stalls = params.weight_stalls;
    twin.input_stalls = params.input_stalls;
    twin.result_stalls = params.result_stalls;
    if (world == World::deferring || world == World::crossing) {
      MemoryStubParams stub;
      stub.schedule = {random(),
                       1,
                       one_of<Cycle>(random, {1, 4, 20}),
                       1,
                       one_of<Cycle>(random, {5, 40, 150}),
                       one_of<Cycle>(random, {1, 3, 10})};
      stub.off_edge = world == World::crossing;
      params.memory_stub = stub;
      twin.deferred_memory = stub.schedule;
    }
    choose_scores();
  }

  void choose_scores() {
    params.score.mode = ScoreMode::raw;
    params.score.margin_cycles = random() % 4 + 1;
    params.score.threshold = 50;
    params.score.min_iterations = static_cast<std::uint32_t>(random() % 3);
    twin.score = {params.score.margin_cycles, params.score.threshold, params.score.min_iterations,
                  static_cast<std::uint32_t>(image->info().iterations)};
    const std::uint32_t inputs = static_cast<std::uint32_t>(random() % 3) + 1;
    for (std::uint32_t input = 0; input < inputs; ++input) {
      for (std::uint32_t i = 1; i <= twin.score.iterations; ++i) {
        // Two classes: the margin is the distance, the prediction the larger one.
        const auto a = static_cast<std::int32_t>(random() % 80);
        const auto b = static_cast<std::int32_t>(random() % 80);
        params.outputs.push_back({a, b});
        twin.outputs.push_back({input, i, a > b ? a - b : b - a, b > a ? 1U : 0U});
      }
    }
  }

  std::string text() const {
    std::ostringstream text;
    text << "lanes " << twin.lanes << ", outstanding " << twin.outstanding_reads << ", buffers "
         << twin.stream_buffer_bursts << ", memory " << twin.memory_latency << "/"
         << twin.burst_interval << ", " << airnn::to_string(image->info().scheme) << ", image of "
         << image->bytes().size << " bytes";
    return text.str();
  }

  std::mt19937_64 random;
  std::unique_ptr<MemoryImage> image;
  ControlBenchParams params;
  MachineTwinParams twin;
  std::unique_ptr<ControlBench> bench;
};

class ControlTwin : public SimTest, public testing::WithParamInterface<std::tuple<World, int>> {};

TEST_P(ControlTwin, AgreesInEveryCycleWithRandomMachines) {
  constexpr std::uint64_t kMachines = 12;
  const auto [world, part] = GetParam();
  std::vector<std::unique_ptr<Machine>> machines;
  for (std::uint64_t i = 0; i < kMachines; ++i) {
    const std::uint64_t number = static_cast<std::uint64_t>(part) * kMachines + i;
    machines.push_back(std::make_unique<Machine>(number, world, clock_));
  }
  run();
  for (std::size_t i = 0; i < machines.size(); ++i) {
    const Machine& machine = *machines[i];
    SCOPED_TRACE("machine " + std::to_string(i) + ": " + machine.text());
    const MachineTrace trace = machine.bench->trace();
    EXPECT_EQ(trace.results.size(), machine.twin.input_addresses.size())
        << machine.bench->controller->waiting_for();
    const MachineTrace twin = run_machine_twin(*machine.image, machine.twin, 2000000);
    EXPECT_EQ(difference(trace, twin), "");
    EXPECT_EQ(machine.bench->protocol_violations(), "");
  }
}

INSTANTIATE_TEST_SUITE_P(All, ControlTwin,
                         testing::Combine(testing::Values(World::trains, World::single_items,
                                                          World::stalling, World::deferring,
                                                          World::crossing),
                                          testing::Range(0, 4)),
                         [](const testing::TestParamInfo<std::tuple<World, int>>& test) {
                           return std::string(to_string(std::get<0>(test.param))) + "_" +
                                  std::to_string(std::get<1>(test.param));
                         });

}  // namespace
}  // namespace airnn::test
