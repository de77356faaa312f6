// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "hw/sim/simulation.h"
#include "sw/golden/fixed_inference.h"
#include "sw/results/record_codec.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/inputs_in_turn.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {
namespace {

class RandomNetworks : public testing::TestWithParam<unsigned> {
 protected:
  void expect_equal(Scheme scheme, Prefetch prefetch = Prefetch::none, bool sparse = false) {
    RandomModel random(GetParam());
    CompileOptions options = random.options();
    options.scheme = scheme;
    options.sparse = sparse;
    const MemoryImage image = image_of(random.model(), options);
    SCOPED_TRACE(describe(image));
    AcceleratorParams params = random_params(random, image);
    params.controller.prefetch = prefetch;
    const GoldenComparison comparison =
        compare_with_golden(params, image, random_inputs(random, image.network()));
    EXPECT_EQ(comparison.difference, "");
    std::uint64_t iterations = 0;
    for (const InputRecord& input : comparison.record.inputs) {
      iterations += input.iterations;
    }
    EXPECT_GT(iterations, 0U);
    EXPECT_EQ(comparison.maps_compared, iterations * image.network().layers.size());
    expect_cycles_accounted(comparison.record, params);
  }
};

TEST_P(RandomNetworks, EqualGoldenInEveryLayerAfterEveryIteration) {
  expect_equal(Scheme::iterative);
}

class RandomNetworksWithPrefetch : public RandomNetworks {};

TEST_P(RandomNetworksWithPrefetch, EqualGoldenInEveryLayerAfterEveryIteration) {
  expect_equal(Scheme::iterative, Prefetch::next);
}

TEST_P(RandomNetworksWithPrefetch, TakeNoMoreCyclesForInputsThatGoToTheEnd) {
  RandomModel random(GetParam());
  const CompileOptions options = random.options();
  const MemoryImage image = image_of(random.model(), options);
  SCOPED_TRACE(describe(image));
  AcceleratorParams params = random_params(random, image);
  const Maps inputs = random_inputs(random, image.network());
  const auto record_with = [&](Prefetch prefetch) {
    params.controller.prefetch = prefetch;
    return decode_record(
        in_child([&] { return encode_record(compare_with_golden(params, image, inputs).record); }));
  };
  const RunRecord plain = record_with(Prefetch::none);
  const RunRecord record = record_with(Prefetch::next);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const InputRecord& due = plain.inputs[i];
    const InputRecord& got = record.inputs[i];
    EXPECT_EQ(got.scores, due.scores);
    EXPECT_GE(got.counts.dram_reads, due.counts.dram_reads);
    if (static_cast<int>(due.iterations) == image.info().iterations) {
      EXPECT_LE(got.cycles, due.cycles) << "input " << i;
      EXPECT_EQ(got.counts.dram_reads, due.counts.dram_reads);
      EXPECT_EQ(got.counts.words_placed, due.counts.words_placed);
    }
  }
}

class RandomBaseNetworks : public RandomNetworks {};

TEST_P(RandomBaseNetworks, EqualGoldenInEveryLayer) {
  expect_equal(Scheme::base);
}

/// Output maps of the last layer in the last iteration, input after input.
Maps simulated_logits(const AcceleratorParams& params, const MemoryImage& image,
                      const Maps& inputs) {
  Maps logits(inputs.size());
  SimulationOptions options;
  options.on_values = [&](std::uint32_t input, std::uint32_t, std::uint32_t layer,
                          const std::vector<std::int32_t>& values) {
    if (layer + 1 == image.network().layers.size()) {
      logits[input] = values;
    }
  };
  Simulation simulation(params, image, in_turn(inputs), options);
  simulation.run();
  return logits;
}

TEST_P(RandomBaseNetworks, EqualGoldenWithoutZeros) {
  expect_equal(Scheme::base, Prefetch::none, true);
}

class SchemesOfRandomNetworks : public testing::TestWithParam<unsigned> {};

TEST_P(SchemesOfRandomNetworks, GiveTheSameLogitsWithAllWeights) {
  RandomModel random(GetParam());
  CompileOptions options = random.options();
  const MemoryImage iterative = image_of(random.model(), options);
  options.scheme = Scheme::base;
  const MemoryImage base = image_of(random.model(), options);
  options.sparse = true;
  const MemoryImage sparse = image_of(random.model(), options);
  SCOPED_TRACE(describe(iterative));
  AcceleratorParams params = random_params(random, iterative);
  params.score = ScoreMode::raw;
  params.threshold = 1e9;  // never reached: all weights are loaded
  const Maps inputs = random_inputs(random, iterative.network());

  std::vector<std::uint8_t> expected;
  const golden::FixedInference reference(iterative);
  const golden::FixedInference dense(base);
  const golden::FixedInference without_zeros(sparse);
  for (const auto& input : inputs) {
    const auto logits = reference.run(input, reference.iterations()).outputs.back();
    EXPECT_EQ(dense.run(input, 1).outputs.back(), logits);
    EXPECT_EQ(without_zeros.run(input, 1).outputs.back(), logits);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(logits.data());
    expected.insert(expected.end(), bytes, bytes + logits.size() * sizeof logits[0]);
  }
  for (const MemoryImage* image : {&iterative, &base, &sparse}) {
    const auto bytes = in_child([&] {
      std::vector<std::uint8_t> result;
      for (const auto& logits : simulated_logits(params, *image, inputs)) {
        const auto* begin = reinterpret_cast<const std::uint8_t*>(logits.data());
        result.insert(result.end(), begin, begin + logits.size() * sizeof logits[0]);
      }
      return result;
    });
    EXPECT_EQ(bytes, expected) << describe(*image);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomNetworks, seeds(0, 40));
INSTANTIATE_TEST_SUITE_P(Seeds, RandomNetworksWithPrefetch, seeds(3000000, 30));
INSTANTIATE_TEST_SUITE_P(Seeds, RandomBaseNetworks, seeds(1000000, 12));
INSTANTIATE_TEST_SUITE_P(Seeds, SchemesOfRandomNetworks, seeds(2000000, 8));

}  // namespace
}  // namespace airnn::test
