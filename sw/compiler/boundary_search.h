// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "sw/compiler/boundary_dp.h"
#include "sw/compiler/sorted_values.h"

namespace airnn {

/// A partition of sorted values into clusters of neighbours.
struct Partition {
  std::vector<std::size_t> ends;  ///< one past the last value of each cluster, ascending
  long double squares = 0;        ///< its within-cluster sum of squares
};

/// The partition with these ends and its sum of squares.
Partition make_partition(const SortedValues& values, std::vector<std::size_t> ends);

/// Lets every value go to the nearest mean until nothing changes (Lloyd); never gets worse. Returns
/// the argument if a cluster would become empty.
Partition refine(const SortedValues& values, Partition partition);

/// The globally optimal partition of sorted values, for any number of clusters up to a limit.
///
/// Up to a few thousand distinct values the plain dynamic programme tries every boundary. Beyond,
/// boundaries that no optimum can have are excluded by proof, coarse to fine, before it runs:
/// - A feasible partition (programme on a coarse grid, then Lloyd) bounds the optimum from above.
/// - If boundary j lies inside an interval, the values in front of the interval form j clusters and
///   those behind it K-j. Leaving out values never increases a sum of squares, so the same
///   programme with every cluster shrunk to the values surely inside it bounds both sides from
///   below.
/// - An interval whose two lower bounds exceed the upper bound holds no optimal boundary. What is
///   left is narrowed (BoundaryBox), split and tested again, until the remaining boundaries are few
///   enough to try all.
///
/// Of several optimal partitions the one with the leftmost last boundary is taken, then the
/// leftmost one before it, and so on (equal as far as 64-bit mantissas can tell).
class BoundarySearch {
 public:
  /// `max_clusters` >= 1; keeps a reference to `values`.
  BoundarySearch(const SortedValues& values, int max_clusters);

  /// Optimal partition into min(clusters, distinct values) clusters; empty for no values.
  Partition best(int clusters) const;

 private:
  /// Positions lo..hi, both of them changes.
  struct Interval {
    Moments lo;
    Moments hi;
  };
  using Intervals = std::vector<Interval>;
  /// Lower bounds for one boundary's intervals: of the clusters before, and of those behind it.
  using Bounds = std::vector<long double>;

  Intervals split(const Intervals& intervals, std::size_t pieces) const;
  void append_pieces(const Interval& interval, std::size_t pieces, Intervals& out) const;
  Moments mirrored(const Moments& moments) const;
  Bounds bounds_before(const Intervals& previous, const Bounds& costs, const Intervals& next) const;
  Bounds bounds_behind(const Intervals& next, const Bounds& costs, const Intervals& here) const;
  Partition grid_partition(std::size_t clusters) const;
  long double exclusion_limit(const Partition& feasible) const;
  std::vector<Intervals> coarse_windows(std::size_t clusters, long double limit) const;
  void narrow(std::vector<Intervals>& windows) const;
  void exclude(std::vector<Intervals>& windows, long double limit) const;
  Partition try_all(const std::vector<Intervals>& windows) const;
  std::vector<Moments> changes(const Intervals& intervals) const;

  const SortedValues& values_;
  Moments end_;
  bool all_changes_ =
      false;  ///< every change is a point of the grid: the grid's optimum is the optimum
  Intervals coarse_;
  std::vector<Moments> grid_;     ///< upper ends of the coarse intervals
  std::vector<DpRow> grid_rows_;  ///< [j]: j+1 clusters end at a grid point
  std::vector<Bounds> before_;    ///< [j]: j+1 clusters end in a coarse interval
  std::vector<Bounds> behind_;    ///< [j]: j+1 clusters begin in a coarse interval
};

}  // namespace airnn
