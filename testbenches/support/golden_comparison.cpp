// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/golden_comparison.h"

#include <memory>

#include "hw/sim/simulation.h"
#include "sw/golden/fixed_inference.h"
#include "testbenches/support/inputs_in_turn.h"

namespace airnn::test {

AcceleratorParams default_params(const MemoryImage& image) {
  AcceleratorParams params;
  params.parallelism.resize(image.network().layers.size());
  params.associative_rows = static_cast<std::uint32_t>(image.associative_rows());
  return params;
}

GoldenComparison compare_with_golden(const AcceleratorParams& params, const MemoryImage& image,
                                     const std::vector<std::vector<std::int32_t>>& inputs,
                                     const std::vector<std::size_t>& build_order,
                                     const std::vector<WiringStage*>& stages,
                                     const WeightDecoders& decoders,
                                     const golden::ProductTables& tables) {
  GoldenComparison comparison;
  const golden::FixedInference reference(image, tables);
  golden::Inference expected;
  std::pair<std::uint32_t, std::uint32_t> expected_of{0, 0};
  SimulationOptions options;
  options.build_order = build_order;
  options.stages = stages;
  options.decoders = decoders;
  options.on_values = [&](std::uint32_t input, std::uint32_t iteration, std::uint32_t layer,
                          const std::vector<std::int32_t>& values) {
    if (expected_of != std::pair(input + 1, iteration)) {
      expected = reference.run(inputs[input], static_cast<int>(iteration));
      expected_of = {input + 1, iteration};
    }
    ++comparison.maps_compared;
    comparison.saturated.resize(
        image.network().layers.size(),
        std::vector<std::uint64_t>(static_cast<std::size_t>(image.info().iterations), 0));
    comparison.saturated[layer][iteration - 1] += expected.saturated[layer];
    if (values != expected.outputs[layer] && comparison.difference.empty()) {
      comparison.difference = "layer " + std::to_string(layer) + " differs for input " +
                              std::to_string(input) + " in iteration " + std::to_string(iteration);
    }
  };
  Simulation simulation(params, image, in_turn(inputs), options);
  comparison.record = simulation.run();
  for (std::size_t l = 0; l < comparison.saturated.size(); ++l) {
    for (std::size_t i = 0; i < comparison.saturated[l].size(); ++i) {
      if (comparison.record.layers[l][i].saturated != comparison.saturated[l][i] &&
          comparison.difference.empty()) {
        comparison.difference = "saturated elements of layer " + std::to_string(l) +
                                " differ in iteration " + std::to_string(i + 1);
      }
    }
  }
  const auto mode =
      params.score == ScoreMode::raw ? golden::ScoreMode::raw : golden::ScoreMode::softmax;
  for (std::size_t n = 0; n < inputs.size() && comparison.difference.empty(); ++n) {
    const InputRecord& got = comparison.record.inputs[n];
    const golden::Classification due = reference.classify(inputs[n], params.threshold, mode,
                                                          static_cast<int>(params.min_iterations));
    if (static_cast<int>(got.iterations) != due.iterations ||
        static_cast<int>(got.prediction) != due.prediction || got.scores != due.scores) {
      comparison.difference =
          "prediction, iterations or scores differ for input " + std::to_string(n);
    }
  }
  return comparison;
}

}  // namespace airnn::test
