// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace airnn {

/// Which two clusters of a layer are fetched next (paper, section III).
/// `maxmin`: of the clusters not fetched yet, the one with the largest and the one with the
/// smallest mean. `signed_means`: the most positive and the most negative mean, as long as there
/// are both; then the two that are largest in magnitude of the sign that is left. A mean of zero
/// counts as positive. `magnitude`: the two whose means are largest in magnitude; of two equal ones
/// the positive first.
enum class BatchOrder : std::uint8_t { maxmin, signed_means, magnitude };

inline constexpr int kNoCluster = -1;

/// The clusters of one layer that are fetched in one iteration: `first` has the larger mean. Of an
/// odd number of clusters the last batch has only a first one.
struct Batch {
  int first = kNoCluster;
  int second = kNoCluster;
};

/// Batches of the clusters with these means, ascending: every cluster once, ceil(K/2) batches.
std::vector<Batch> order_batches(const std::vector<double>& means, BatchOrder order);

}  // namespace airnn
