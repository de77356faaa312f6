// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sw/compiler/checkpoint.h"
#include "sw/compiler/sorted_values.h"

namespace airnn {

/// How clusters are found.
/// `optimal`: the global minimum of the within-cluster sum of squares, found by dynamic
/// programming. The other two are Lloyd's algorithm, which ends in a local minimum that depends on
/// its start: `linear`: centres at equal distances between the smallest and the largest value;
/// `random`: k-means++ seeding.
enum class InitMethod : std::uint8_t { optimal, linear, random };

inline constexpr int kMaxClusters = 256;

/// Neighbouring values; equal values are always in the same cluster.
struct Cluster {
  float lowest = 0;
  float highest = 0;
  std::size_t weights = 0;
  double mean = 0;
  double squares = 0;  ///< sum of squared distances from the mean
};

/// Clusters in ascending order of their values (paper, section IV).
struct Clustering {
  std::vector<Cluster> clusters;

  /// Within-cluster sum of squares (WCSS) of the whole layer.
  double squares() const;
};

/// Splits values into at most `clusters` (1..kMaxClusters) clusters: fewer if there are fewer
/// distinct values, or if a start other than `optimal` leaves clusters empty. Equal arguments give
/// equal results; of several optima the one with the leftmost boundaries is taken, the last
/// boundary first.
Clustering cluster_values(const SortedValues& values, int clusters, InitMethod method,
                          std::uint64_t seed);

/// Optimal sum of squares for 1, 2, ..., `max_clusters` clusters. Passes the checkpoint at each of
/// them.
std::vector<double> optimal_squares(const SortedValues& values, int max_clusters,
                                    const Checkpoint& checkpoint = {});

}  // namespace airnn
