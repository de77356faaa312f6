// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/cluster_order.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace airnn {

namespace {

/// The sequence in which clusters are fetched; batches are its pairs.
std::vector<int> fetch_sequence(const std::vector<double>& means, BatchOrder order) {
  const auto count = static_cast<int>(means.size());
  const auto mean = [&](int k) { return means[static_cast<std::size_t>(k)]; };
  std::vector<int> sequence;
  if (order == BatchOrder::magnitude) {
    sequence.resize(means.size());
    std::iota(sequence.begin(), sequence.end(), 0);
    std::stable_sort(sequence.begin(), sequence.end(), [&](int a, int b) {
      return std::abs(mean(a)) != std::abs(mean(b)) ? std::abs(mean(a)) > std::abs(mean(b))
                                                    : mean(a) > mean(b);
    });
    return sequence;
  }
  int low = 0;
  int high = count - 1;
  const bool by_sign = order == BatchOrder::signed_means;
  while (low <= high) {
    const bool only_negative = by_sign && mean(high) < 0;
    sequence.push_back(only_negative ? low++ : high--);
    if (low <= high) {
      const bool only_positive = by_sign && mean(low) >= 0;
      sequence.push_back(only_positive ? high-- : low++);
    }
  }
  return sequence;
}

}  // namespace

std::vector<Batch> order_batches(const std::vector<double>& means, BatchOrder order) {
  const std::vector<int> sequence = fetch_sequence(means, order);
  std::vector<Batch> batches;
  for (std::size_t i = 0; i < sequence.size(); i += 2) {
    Batch batch{sequence[i], kNoCluster};
    if (i + 1 < sequence.size()) {
      batch.first = std::max(sequence[i], sequence[i + 1]);  // clusters ascend with their means
      batch.second = std::min(sequence[i], sequence[i + 1]);
    }
    batches.push_back(batch);
  }
  return batches;
}

}  // namespace airnn
