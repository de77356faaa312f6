// SPDX-License-Identifier: Apache-2.0
#include "testbenches/system/random_run.h"
#include "hw/memory/flat/flat_memory.h"

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
  FlatMemoryParams flat;
  flat.latency_cycles = random.one_of<Cycle>({1, 17, 120});
  flat.burst_interval_cycles = random.one_of<Cycle>({1, 1, 4});
  params.memory = flat_memory(flat);
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

namespace {

void expect_units_accounted(const RunRecord& record) {
  ASSERT_EQ(record.units.size(), record.boot_units.size());
  for (std::size_t i = 0; i < record.units.size(); ++i) {
    SCOPED_TRACE(record.units[i].name);
    UnitRecord sum;
    for (const IterationRecord& iteration : record.iterations) {
      ASSERT_EQ(iteration.units.size(), record.units.size());
      EXPECT_EQ(iteration.units[i].name, record.units[i].name);
      EXPECT_LE(iteration.units[i].busy(), iteration.cycles.total());
      if (iteration.inputs_run == 0) {
        EXPECT_EQ(iteration.units[i].busy(), 0U);
      }
      sum.add(iteration.units[i]);
    }
    EXPECT_EQ(sum.working, record.units[i].working);
    EXPECT_EQ(sum.waiting_for_input, record.units[i].waiting_for_input);
    EXPECT_EQ(sum.waiting_for_credit, record.units[i].waiting_for_credit);
  }
}

void expect_path_accounted(const IterationRecord& iteration, const AcceleratorParams& params) {
  const PathCycles& path = iteration.critical_path;
  EXPECT_EQ(path.total(), iteration.cycles.total());
  EXPECT_EQ(path.score, iteration.cycles.score);
  std::uint64_t layers = 0;
  for (const std::uint64_t layer : path.layers) {
    layers += layer;
  }
  // *start* and the input map take a cycle each; nobody holds the map up on the way to its buffer.
  EXPECT_EQ(path.input_buffer, 2 * iteration.inputs_run);
  EXPECT_EQ(layers + path.input_buffer, iteration.cycles.compute);
  EXPECT_GE(path.memory + path.controller + path.addresses, iteration.cycles.fetch);
  if (params.handoff == Handoff::map && iteration.inputs_run > 0) {
    EXPECT_GT(path.layers.back(), 0U) << "it begins when all others have ended";
  }
}

}  // namespace

void expect_cycles_accounted(const RunRecord& record, const AcceleratorParams& params) {
  expect_units_accounted(record);
  for (std::size_t i = 0; i < record.iterations.size(); ++i) {
    SCOPED_TRACE("iteration " + std::to_string(i + 1));
    expect_path_accounted(record.iterations[i], params);
  }
}

void expect_same_outcome(const InputRecord& got, const InputRecord& due) {
  EXPECT_EQ(got.prediction, due.prediction);
  EXPECT_EQ(got.predictions, due.predictions);
  EXPECT_EQ(got.scores, due.scores);
  EXPECT_EQ(got.iterations, due.iterations);
}

}  // namespace airnn::test
