// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/skipped_iterations.h"

#include "hw/sim/run_failure.h"
#include "sw/compiler/parallel_for.h"
#include "sw/golden/fixed_inference.h"

namespace airnn {

std::vector<std::vector<std::int32_t>> predict(
    const MemoryImage& image, const golden::ProductTables& tables, std::size_t inputs,
    const std::function<std::vector<std::int32_t>(std::uint32_t)>& input, unsigned threads,
    const std::function<std::size_t(std::size_t)>& simulated, const std::function<bool()>& stop) {
  const golden::FixedInference reference(image, tables);
  const auto iterations = static_cast<std::size_t>(reference.iterations());
  std::vector<std::vector<std::int32_t>> predictions(iterations,
                                                     std::vector<std::int32_t>(inputs, -1));
  parallel_for(inputs, static_cast<int>(threads), [&](std::size_t n) {
    if (stop && stop()) {
      throw RunError({FailureKind::stopped, "stopped"});
    }
    const std::size_t first = simulated(n);
    if (first == iterations) {
      return;
    }
    const std::vector<std::int32_t> map = input(static_cast<std::uint32_t>(n));
    for (std::size_t i = first; i < iterations; ++i) {
      predictions[i][n] = reference.run(map, static_cast<int>(i + 1)).prediction;
    }
  });
  return predictions;
}

std::vector<std::vector<std::int32_t>> predict_skipped(
    const MemoryImage& image, const golden::ProductTables& tables, const RunRecord& record,
    const std::function<std::vector<std::int32_t>(std::uint32_t)>& input, unsigned threads) {
  return predict(image, tables, record.inputs.size(), input, threads,
                 [&](std::size_t n) { return record.inputs[n].predictions.size(); });
}

}  // namespace airnn
