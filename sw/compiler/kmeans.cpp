// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/kmeans.h"

#include <utility>

#include "sw/compiler/boundary_search.h"
#include "sw/compiler/lloyd.h"

namespace airnn {

namespace {

/// Two passes over the values themselves: no cancellation, whatever the offset of the cluster is.
Cluster describe(const SortedValues& values, std::size_t begin, std::size_t end) {
  Cluster cluster;
  cluster.lowest = values[begin];
  cluster.highest = values[end - 1];
  cluster.weights = end - begin;
  cluster.mean = values.mean(begin, end);
  long double squares = 0;
  for (std::size_t i = begin; i < end; ++i) {
    const double distance = static_cast<double>(values[i]) - cluster.mean;
    squares += static_cast<long double>(distance * distance);
  }
  cluster.squares = static_cast<double>(squares);
  return cluster;
}

Partition find_partition(const SortedValues& values, int clusters, InitMethod method,
                         std::uint64_t seed) {
  switch (method) {
    case InitMethod::linear:
      return lloyd(values, linear_centres(values, clusters));
    case InitMethod::random:
      return lloyd(values, random_centres(values, clusters, seed));
    case InitMethod::optimal:
      break;
  }
  return BoundarySearch(values, clusters).best(clusters);
}

}  // namespace

double Clustering::squares() const {
  double sum = 0;
  for (const Cluster& cluster : clusters) {
    sum += cluster.squares;
  }
  return sum;
}

Clustering cluster_values(const SortedValues& values, int clusters, InitMethod method,
                          std::uint64_t seed) {
  Clustering clustering;
  if (values.size() == 0) {
    return clustering;
  }
  std::size_t begin = 0;
  for (const std::size_t end : find_partition(values, clusters, method, seed).ends) {
    clustering.clusters.push_back(describe(values, begin, end));
    begin = end;
  }
  return clustering;
}

std::vector<double> optimal_squares(const SortedValues& values, int max_clusters,
                                    const Checkpoint& checkpoint) {
  const BoundarySearch search(values, max_clusters);
  std::vector<double> curve;
  for (int k = 1; k <= max_clusters; ++k) {
    pass(checkpoint);
    curve.push_back(static_cast<double>(search.best(k).squares));
  }
  return curve;
}

}  // namespace airnn
