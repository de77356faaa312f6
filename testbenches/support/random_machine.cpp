// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/random_machine.h"

#include <sstream>

#include "testbenches/support/random_image.h"

namespace airnn::test {

namespace {

template <typename T>
T one_of(std::mt19937_64& random, std::initializer_list<T> choices) {
  return *(choices.begin() + static_cast<std::ptrdiff_t>(random() % choices.size()));
}

MemoryImage image_of(std::mt19937_64& random) {
  RandomImageOptions content;
  content.scheme = one_of(random, {Scheme::base, Scheme::iterative, Scheme::iterative,
                                   Scheme::interleaved, Scheme::interleaved});
  content.widths.value_bytes = one_of(random, {1, 2, 4});
  content.widths.index_bytes = one_of(random, {1, 2, 4});
  content.iterations = static_cast<int>(random() % 4) + 1;
  content.layers = static_cast<int>(random() % 4) + 1;
  content.most_neurons = one_of(random, {3, 12, 40, 60});
  if (random() % 5 == 0) {
    content.layers = 30;  // so many that the layer array has several bursts
    content.most_neurons = 4;
  }
  content.kept_percent = one_of(random, {3U, 30U, 100U});
  if (content.scheme == Scheme::interleaved && content.widths.index_bytes > 1 &&
      random() % 3 == 0) {
    content.layers = 2;  // tables of more bursts than the prefetchers hold
    content.most_neurons = 240;
    content.kept_percent = 1;
  }
  if (random() % 4 == 0) {
    content.bins = one_of(random, {1, 5, 60, 127});
    content.match_rows =
        content.widths.value_bytes == 1 || random() % 2 == 0 ? 0 : std::size_t{1} << random() % 7;
  }
  content.lines = content.bins == 0 && random() % 4 == 0;
  return random_image(content, random);
}

}  // namespace

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

RandomMachine::RandomMachine(std::uint64_t number, World world, bool is_grouped)
    : RandomMachine(number, world, is_grouped,
                    std::mt19937_64(number * 1000003 + static_cast<std::uint64_t>(world))) {}

RandomMachine::RandomMachine(std::uint64_t number, World world, bool is_grouped,
                             std::mt19937_64 random)
    : image(image_of(random)), random_(random), number_(number) {
  choose_parameters(world);
  if (is_grouped) {
    choose_group();
  }
  choose_scores();
}

void RandomMachine::build(const ClockDomain& clock) {
  const std::string name = "machine" + std::to_string(number_);
  bench = std::make_unique<ControlBench>(name.c_str(), params, clock, image);
  for (std::uint32_t i = 0; i < bench->inputs(); ++i) {
    twin.input_addresses.push_back(bench->input_address(i));
  }
}

void RandomMachine::choose_parameters(World world) {
  twin.lanes = one_of(random_, {1U, 2U, 7U, 16U, 64U});
  twin.outstanding_reads = one_of(random_, {1U, 2U, 5U, 32U, 64U});
  // The least with which every beat fits: look-ahead of one entry, and entries lie anywhere.
  const unsigned least = ((twin.lanes + 1) * 8 + 63) / 64 + 1;
  twin.stream_buffer_bursts = least + one_of(random_, {0U, 1U, 6U, 30U});
  twin.address_latency = one_of<Cycle>(random_, {1, 2, 5});
  twin.memory_latency = one_of<Cycle>(random_, {1, 7, 120});
  twin.burst_interval = one_of<Cycle>(random_, {1, 1, 3});
  twin.compute_latency = random_() % 30 + 1;
  params.controller.lanes = twin.lanes;
  params.controller.fetch = {twin.outstanding_reads, twin.stream_buffer_bursts};
  params.address_latency = twin.address_latency;
  params.flat_memory = {twin.memory_latency, twin.burst_interval, 0};
  params.compute_latency = twin.compute_latency;
  params.trains = world == World::trains ? Trains::taken : Trains::refused;
  if (world == World::stalling || world == World::crossing) {
    params.weight_stalls = StallPolicy::random(random_(), one_of(random_, {20U, 80U}));
    params.input_stalls = StallPolicy::random(random_(), one_of(random_, {20U, 80U}));
    params.result_stalls = StallPolicy::random(random_(), 95);
  }
  twin.weight_stalls = params.weight_stalls;
  twin.input_stalls = params.input_stalls;
  twin.result_stalls = params.result_stalls;
  if (world == World::deferring || world == World::crossing) {
    MemoryStubParams stub;
    stub.schedule = {random_(),
                     1,
                     one_of<Cycle>(random_, {1, 4, 20}),
                     1,
                     one_of<Cycle>(random_, {5, 40, 150}),
                     one_of<Cycle>(random_, {1, 3, 10})};
    stub.off_edge = world == World::crossing;
    params.memory_stub = stub;
    twin.deferred_memory = stub.schedule;
  }
}

void RandomMachine::choose_group() {
  twin.inputs_per_batch = one_of(random_, {1U, 2U, 3U, 5U});
  twin.input_buffers = static_cast<std::uint32_t>(random_() % twin.inputs_per_batch) + 1;
  params.controller.group = {twin.inputs_per_batch, twin.input_buffers, 0};
}

void RandomMachine::choose_scores() {
  params.score.mode = ScoreMode::raw;
  params.score.margin_cycles = random_() % 4 + 1;
  params.score.threshold = 50;
  params.score.min_iterations = static_cast<std::uint32_t>(random_() % 3);
  twin.score = {params.score.margin_cycles, params.score.threshold, params.score.min_iterations,
                static_cast<std::uint32_t>(image.info().iterations)};
  const std::uint32_t inputs =
      static_cast<std::uint32_t>(random_() % (twin.inputs_per_batch + 2)) + 1;
  for (std::uint32_t input = 0; input < inputs; ++input) {
    for (std::uint32_t i = 1; i <= twin.score.iterations; ++i) {
      // Two classes: the margin is the distance, the prediction the larger one.
      const auto a = static_cast<std::int32_t>(random_() % 80);
      const auto b = static_cast<std::int32_t>(random_() % 80);
      params.outputs.push_back({a, b});
      twin.outputs.push_back({input, i, a > b ? a - b : b - a, b > a ? 1U : 0U});
    }
  }
}

std::string RandomMachine::text() const {
  std::ostringstream text;
  text << "lanes " << twin.lanes << ", outstanding " << twin.outstanding_reads << ", buffers "
       << twin.stream_buffer_bursts << ", memory " << twin.memory_latency << "/"
       << twin.burst_interval << ", groups of " << twin.inputs_per_batch << " with "
       << twin.input_buffers << " input buffers, " << airnn::to_string(image.info().scheme)
       << ", image of " << image.bytes().size << " bytes";
  return text.str();
}

}  // namespace airnn::test
