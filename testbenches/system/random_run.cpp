// SPDX-License-Identifier: Apache-2.0
#include "testbenches/system/random_run.h"

#include "sw/compiler/image_builder.h"
#include "testbenches/support/golden_comparison.h"

namespace airnn::test {

MemoryImage image_of(const Model& model, const CompileOptions& options) {
  return MemoryImage::parse(compile(model, options).image, "random network");
}

AcceleratorParams random_params(RandomModel& random, const MemoryImage& image) {
  AcceleratorParams params = default_params(image);
  for (ComputeParallelism& layer : params.parallelism) {
    layer.positions = random.one_of<std::int32_t>({1, 1, 2, 3, 7, 50});
    layer.channels = random.one_of<std::int32_t>({0, 0, 1, 2, 3});
    layer.fc_multipliers = random.one_of<std::int64_t>({0, 0, 1, 5, 16});
  }
  params.handoff = random.one_of<Handoff>({Handoff::map, Handoff::row});
  params.controller.lanes = random.one_of<unsigned>({1, 2, 5, 16, 16, 64});
  params.controller.fetch.outstanding_reads = random.one_of<unsigned>({1, 3, 32});
  const unsigned beat_bursts = ((params.controller.lanes + 1) * 8 + 63) / 64 + 1;
  params.controller.fetch.stream_buffer_bursts = beat_bursts + random.one_of<unsigned>({0, 1, 6});
  params.address_latency_cycles = random.one_of<Cycle>({1, 2, 5});
  params.memory.flat.latency_cycles = random.one_of<Cycle>({1, 17, 120});
  params.memory.flat.burst_interval_cycles = random.one_of<Cycle>({1, 1, 4});
  params.score = random.one_of<ScoreMode>({ScoreMode::softmax, ScoreMode::raw});
  // Half of the runs stop where the score says, half never.
  params.threshold = random.one_of<double>({0.1, 0.5, 0.9, 1e5, 1e5, 1e5});
  params.min_iterations = static_cast<std::uint32_t>(random.pick(1, 2));
  return params;
}

Maps random_inputs(RandomModel& random, const Network& network) {
  Maps inputs;
  for (std::int64_t n = random.pick(1, 3); n > 0; --n) {
    inputs.push_back(random.input(network));
  }
  return inputs;
}

std::string describe(const MemoryImage& image) {
  std::string text = image.info().scheme == Scheme::base ? "base:" : "iterative:";
  for (const Layer& layer : image.network().layers) {
    text += " " + layer.name + (layer.skip == kNoSource ? "" : "+skip") +
            (layer.pool == PoolKind::none ? "" : "+pool");
  }
  return text;
}

void expect_same_outcome(const InputRecord& got, const InputRecord& due) {
  EXPECT_EQ(got.prediction, due.prediction);
  EXPECT_EQ(got.predictions, due.predictions);
  EXPECT_EQ(got.scores, due.scores);
  EXPECT_EQ(got.iterations, due.iterations);
}

}  // namespace airnn::test
