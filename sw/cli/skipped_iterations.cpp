// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/skipped_iterations.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "sw/golden/fixed_inference.h"

namespace airnn {

std::vector<std::vector<std::int32_t>> predict_skipped(
    const MemoryImage& image, const RunRecord& record,
    const std::function<std::vector<std::int32_t>(std::uint32_t)>& input, unsigned threads) {
  const golden::FixedInference reference(image);
  const std::size_t iterations = record.iterations.size();
  std::vector<std::vector<std::int32_t>> predictions(
      iterations, std::vector<std::int32_t>(record.inputs.size(), -1));
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t n = next++; n < record.inputs.size(); n = next++) {
      const std::size_t simulated = record.inputs[n].predictions.size();
      if (simulated == iterations) {
        continue;
      }
      const std::vector<std::int32_t> map = input(static_cast<std::uint32_t>(n));
      for (std::size_t i = simulated; i < iterations; ++i) {
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

}  // namespace airnn
