// SPDX-License-Identifier: Apache-2.0
#include "sw/results/run_results.h"

#include <algorithm>

namespace airnn {

namespace {

double share(std::uint64_t part, std::uint64_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

bool RunResults::has_channel() const {
  return std::binary_search(record.counted.begin(), record.counted.end(),
                            PricedAction{Action::command_act, {}});
}

double RunResults::accuracy() const {
  std::uint64_t correct = 0;
  for (std::size_t n = 0; n < record.inputs.size(); ++n) {
    const auto prediction = static_cast<std::int32_t>(record.inputs[n].prediction);
    correct += prediction == labels[n] ? 1 : 0;
  }
  return record.inputs.empty() ? 0 : share(correct, record.inputs.size());
}

std::optional<double> RunResults::accuracy_if_all_stop(std::size_t i) const {
  const std::vector<InputRecord>& inputs = record.inputs;
  if (labels.empty() || inputs.empty()) {
    return std::nullopt;
  }
  std::uint64_t correct = 0;
  for (std::size_t n = 0; n < inputs.size(); ++n) {
    std::int32_t prediction = -1;
    if (i < inputs[n].predictions.size()) {
      prediction = static_cast<std::int32_t>(inputs[n].predictions[i]);
    } else if (i < predictions_if_stopped.size()) {
      prediction = predictions_if_stopped[i][n];
    } else {
      return std::nullopt;
    }
    correct += prediction == labels[n] ? 1 : 0;
  }
  return share(correct, inputs.size());
}

std::optional<double> RunResults::accuracy_of_stopped(std::size_t i) const {
  std::uint64_t correct = 0;
  std::uint64_t stopped = 0;
  for (std::size_t n = 0; n < record.inputs.size(); ++n) {
    const InputRecord& input = record.inputs[n];
    if (!labels.empty() && input.iterations == i + 1) {
      ++stopped;
      correct += static_cast<std::int32_t>(input.prediction) == labels[n] ? 1 : 0;
    }
  }
  return stopped == 0 ? std::nullopt : std::optional<double>(share(correct, stopped));
}

std::vector<double> cumulative_fractions(const MemoryImage& image) {
  const ImageInfo& info = image.info();
  if (info.is_dense()) {
    return {1.0};
  }
  std::uint64_t sum = 0;
  std::vector<std::uint64_t> sums;
  for (int iteration = 1; iteration <= info.iterations; ++iteration) {
    for (std::uint16_t cluster = 0; cluster < 2; ++cluster) {
      const Section* values = image.find(image.encoding().arrays().front().kind, kAllLayers,
                                         static_cast<std::uint16_t>(iteration), cluster);
      sum += values == nullptr ? 0 : values->bytes;
    }
    sums.push_back(sum);
  }
  std::vector<double> fractions;
  for (const std::uint64_t part : sums) {
    fractions.push_back(sum == 0 ? 1.0 : share(part, sum));
  }
  return fractions;
}

}  // namespace airnn
