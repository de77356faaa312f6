// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/skipped_iterations.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "sw/golden/fixed_inference.h"

namespace airnn {

std::vector<std::vector<std::int32_t>> predict(
    const MemoryImage& image, std::size_t inputs,
    const std::function<std::vector<std::int32_t>(std::uint32_t)>& input, unsigned threads,
    const std::function<std::size_t(std::size_t)>& simulated) {
  const golden::FixedInference reference(image);
  const auto iterations = static_cast<std::size_t>(reference.iterations());
  std::vector<std::vector<std::int32_t>> predictions(iterations,
                                                     std::vector<std::int32_t>(inputs, -1));
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t n = next++; n < inputs; n = next++) {
      const std::size_t first = simulated(n);
      if (first == iterations) {
        continue;
      }
      const std::vector<std::int32_t> map = input(static_cast<std::uint32_t>(n));
      for (std::size_t i = first; i < iterations; ++i) {
        predictions[i][n] = reference.run(map, static_cast<int>(i + 1)).prediction;
      }
    }
  };
  std::vector<std::thread> workers;
  for (unsigned t = 1; t < threads; ++t) {
    workers.emplace_back(work);
  }
  work();
  for (std::thread& worker : workers) {
    worker.join();
  }
  return predictions;
}

std::vector<std::vector<std::int32_t>> predict_skipped(
    const MemoryImage& image, const RunRecord& record,
    const std::function<std::vector<std::int32_t>(std::uint32_t)>& input, unsigned threads) {
  return predict(image, record.inputs.size(), input, threads,
                 [&](std::size_t n) { return record.inputs[n].predictions.size(); });
}

}  // namespace airnn
