// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/boundary_search.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "sw/compiler/boundary_box.h"

namespace airnn {

namespace {

constexpr std::size_t kGrid = 2048;  // intervals of the coarse grid
constexpr std::size_t kTryAll =
    32;  // boundaries per interval: so few are rather tried than excluded
constexpr int kLloydRounds = 500;
constexpr int kNarrowingRounds = 2000;

std::size_t width(std::size_t lo, std::size_t hi) {
  return hi - lo + 1;
}

std::vector<Moments> moments_of(const SortedValues& values, const std::vector<std::size_t>& ends) {
  std::vector<Moments> all{Moments{}};
  for (const std::size_t end : ends) {
    all.push_back(values.moments(end));
  }
  return all;
}

}  // namespace

Partition make_partition(const SortedValues& values, std::vector<std::size_t> ends) {
  Partition partition;
  const std::vector<Moments> at = moments_of(values, ends);
  for (std::size_t k = 0; k + 1 < at.size(); ++k) {
    partition.squares += within_squares(at[k], at[k + 1]);
  }
  partition.ends = std::move(ends);
  return partition;
}

Partition refine(const SortedValues& values, Partition partition) {
  for (int round = 0; round < kLloydRounds; ++round) {
    std::vector<std::size_t> ends = partition.ends;
    std::size_t begin = 0;
    for (std::size_t k = 0; k + 1 < ends.size(); ++k) {
      const double left = values.mean(begin, partition.ends[k]);
      const double right = values.mean(partition.ends[k], partition.ends[k + 1]);
      begin = partition.ends[k];
      ends[k] = values.count_up_to(left + (right - left) / 2);
    }
    const bool emptied =
        ends.front() == 0 ||
        std::adjacent_find(ends.begin(), ends.end(), std::greater_equal<>()) != ends.end();
    if (emptied || ends == partition.ends) {
      break;
    }
    Partition next = make_partition(values, std::move(ends));
    if (next.squares > partition.squares) {
      break;
    }
    partition = std::move(next);
  }
  return partition;
}

BoundarySearch::BoundarySearch(const SortedValues& values, int max_clusters) : values_(values) {
  if (values.size() == 0) {
    return;
  }
  end_ = values.moments(values.size());
  const auto rows = static_cast<std::size_t>(max_clusters);
  all_changes_ = values.distinct() <= 2 * kGrid;
  if (values.distinct() > 1) {
    const Interval everything{values.moments(values.change_at_or_after(1)),
                              values.moments(values.change_at_or_before(values.size() - 1))};
    if (all_changes_) {
      for (const Moments& change : changes({everything})) {
        coarse_.push_back({change, change});
      }
    } else {
      append_pieces(everything, kGrid, coarse_);
      while (coarse_.size() < kGrid / 2) {  // long runs of equal values hold no boundary
        coarse_ = split(coarse_, kGrid);
      }
    }
  }
  for (const Interval& interval : coarse_) {
    grid_.push_back(interval.hi);
  }
  grid_rows_.push_back(dp_row({Moments{}}, {0}, grid_, Emptiness::forbidden));
  for (std::size_t j = 1; j + 1 < rows; ++j) {
    grid_rows_.push_back(dp_row(grid_, grid_rows_.back().cost, grid_, Emptiness::forbidden));
  }
  if (all_changes_) {
    return;
  }
  const Interval start{Moments{}, Moments{}};
  const Interval stop{end_, end_};
  before_.push_back(bounds_before({start}, {0}, coarse_));
  behind_.push_back(bounds_behind({stop}, {0}, coarse_));
  for (std::size_t j = 1; j + 1 < rows; ++j) {
    before_.push_back(bounds_before(coarse_, before_.back(), coarse_));
    behind_.push_back(bounds_behind(coarse_, behind_.back(), coarse_));
  }
}

Partition BoundarySearch::best(int clusters) const {
  const std::size_t k = std::min(static_cast<std::size_t>(clusters), values_.distinct());
  if (k <= 1) {
    return values_.size() == 0 ? Partition{} : make_partition(values_, {values_.size()});
  }
  Partition feasible = grid_partition(k);
  if (all_changes_) {
    return feasible;
  }
  feasible = refine(values_, std::move(feasible));
  const long double limit = exclusion_limit(feasible);
  std::vector<Intervals> windows = coarse_windows(k, limit);
  std::size_t pieces = kGrid;
  std::size_t last_positions = 0;
  while (true) {
    narrow(windows);
    std::size_t positions = 0;
    for (const Intervals& window : windows) {
      for (const Interval& interval : window) {
        positions += width(interval.lo.count, interval.hi.count);
      }
    }
    if (positions <= kTryAll * pieces) {
      return try_all(windows);
    }
    if (last_positions != 0 && positions > last_positions / 2) {
      pieces *= 4;  // many nearly equal optima: only finer intervals can tell them apart
    }
    last_positions = positions;
    for (Intervals& window : windows) {
      window = split(window, pieces);
    }
    exclude(windows, limit);
  }
}

/// Sums over the values behind a position, so that "behind" becomes "before".
Moments BoundarySearch::mirrored(const Moments& moments) const {
  return {end_.sum - moments.sum, end_.squares - moments.squares, end_.count - moments.count};
}

BoundarySearch::Bounds BoundarySearch::bounds_before(const Intervals& previous, const Bounds& costs,
                                                     const Intervals& next) const {
  std::vector<Moments> starts;
  std::vector<Moments> ends;
  for (const Interval& interval : previous) {
    starts.push_back(interval.hi);
  }
  for (const Interval& interval : next) {
    ends.push_back(interval.lo);
  }
  return dp_row(starts, costs, ends, Emptiness::allowed).cost;
}

BoundarySearch::Bounds BoundarySearch::bounds_behind(const Intervals& next, const Bounds& costs,
                                                     const Intervals& here) const {
  std::vector<Moments> starts;
  std::vector<Moments> ends;
  for (auto interval = next.rbegin(); interval != next.rend(); ++interval) {
    starts.push_back(mirrored(interval->lo));
  }
  for (auto interval = here.rbegin(); interval != here.rend(); ++interval) {
    ends.push_back(mirrored(interval->hi));
  }
  Bounds bounds =
      dp_row(starts, Bounds(costs.rbegin(), costs.rend()), ends, Emptiness::allowed).cost;
  std::reverse(bounds.begin(), bounds.end());
  return bounds;
}

Partition BoundarySearch::grid_partition(std::size_t clusters) const {
  std::vector<std::size_t> ends(clusters);
  ends.back() = values_.size();
  const DpRow last = dp_row(grid_, grid_rows_[clusters - 2].cost, {end_}, Emptiness::forbidden);
  std::size_t choice = last.choice[0];
  for (std::size_t j = clusters - 1; j-- > 0;) {
    ends[j] = grid_[choice].count;
    choice = grid_rows_[j].choice[choice];
  }
  return make_partition(values_, std::move(ends));
}

/// Rounding errors of the sums may not exclude an optimum: they are far below this slack.
long double BoundarySearch::exclusion_limit(const Partition& feasible) const {
  return feasible.squares * (1 + 1e-10L) + end_.squares * 1e-15L;
}

std::vector<BoundarySearch::Intervals> BoundarySearch::coarse_windows(std::size_t clusters,
                                                                      long double limit) const {
  std::vector<Intervals> windows(clusters - 1);
  for (std::size_t j = 0; j + 1 < clusters; ++j) {
    for (std::size_t i = 0; i < coarse_.size(); ++i) {
      if (before_[j][i] + behind_[clusters - 2 - j][i] <= limit) {
        windows[j].push_back(coarse_[i]);
      }
    }
  }
  return windows;
}

void BoundarySearch::exclude(std::vector<Intervals>& windows, long double limit) const {
  std::vector<Bounds> before(windows.size());
  Intervals from{{Moments{}, Moments{}}};
  Bounds costs{0};
  for (std::size_t j = 0; j < windows.size(); ++j) {
    before[j] =
        bounds_before(j == 0 ? from : windows[j - 1], j == 0 ? costs : before[j - 1], windows[j]);
  }
  from = {{end_, end_}};
  for (std::size_t j = windows.size(); j-- > 0;) {
    Bounds behind = bounds_behind(from, costs, windows[j]);
    Intervals kept;
    Bounds kept_costs;
    for (std::size_t i = 0; i < windows[j].size(); ++i) {
      if (before[j][i] + behind[i] <= limit) {
        kept.push_back(windows[j][i]);
        kept_costs.push_back(behind[i]);
      }
    }
    windows[j] = kept;
    from = std::move(kept);
    costs = std::move(kept_costs);
  }
}

/// Cuts windows to what Lloyd's condition leaves of them.
void BoundarySearch::narrow(std::vector<Intervals>& windows) const {
  BoundaryBox box;
  for (const Intervals& window : windows) {
    box.lowest.push_back(window.front().lo.count);
    box.highest.push_back(window.back().hi.count);
  }
  box = narrowed(values_, std::move(box), kGrid, kNarrowingRounds);
  for (std::size_t j = 0; j < windows.size(); ++j) {
    Intervals kept;
    for (const Interval& interval : windows[j]) {
      const std::size_t lo = std::max(interval.lo.count, box.lowest[j]);
      const std::size_t hi = std::min(interval.hi.count, box.highest[j]);
      if (lo <= hi) {
        kept.push_back({lo == interval.lo.count ? interval.lo : values_.moments(lo),
                        hi == interval.hi.count ? interval.hi : values_.moments(hi)});
      }
    }
    windows[j] = std::move(kept);
  }
}

void BoundarySearch::append_pieces(const Interval& interval, std::size_t pieces,
                                   Intervals& out) const {
  const std::size_t positions = width(interval.lo.count, interval.hi.count);
  pieces = std::min(pieces, positions);
  std::size_t begin = interval.lo.count;
  for (std::size_t i = 1; i <= pieces; ++i) {
    const std::size_t end = interval.lo.count + positions * i / pieces;  // one past the piece
    if (begin >= end) {
      continue;
    }
    const std::size_t lo = values_.change_at_or_after(begin);
    // A piece inside a run of equal values has no boundary; a run that leaves it ends the next too.
    const std::size_t hi = values_.change_at_or_before(end - 1);
    if (lo < end && hi >= begin) {
      const Moments at_lo = lo == interval.lo.count ? interval.lo : values_.moments(lo);
      out.push_back({at_lo, hi == lo ? at_lo : values_.moments(hi)});
    }
    begin = end;
  }
}

BoundarySearch::Intervals BoundarySearch::split(const Intervals& intervals,
                                                std::size_t pieces) const {
  Intervals finer;
  for (const Interval& interval : intervals) {
    append_pieces(interval, std::max<std::size_t>(2, pieces / intervals.size()), finer);
  }
  return finer;
}

std::vector<Moments> BoundarySearch::changes(const Intervals& intervals) const {
  std::vector<Moments> all;
  for (const Interval& interval : intervals) {
    Moments at = interval.lo;
    while (at.count <= interval.hi.count) {
      all.push_back(at);
      values_.advance(at, values_.change_at_or_after(at.count + 1));
    }
  }
  return all;
}

/// The programme over every boundary of the windows.
Partition BoundarySearch::try_all(const std::vector<Intervals>& windows) const {
  std::vector<std::vector<Moments>> points{{Moments{}}};
  std::vector<std::vector<std::uint32_t>> choices;
  std::vector<long double> costs{0};
  for (std::size_t j = 0; j <= windows.size(); ++j) {
    points.push_back(j < windows.size() ? changes(windows[j]) : std::vector<Moments>{end_});
    DpRow row = dp_row(points[j], costs, points[j + 1], Emptiness::forbidden);
    costs = std::move(row.cost);
    choices.push_back(std::move(row.choice));
  }
  std::vector<std::size_t> ends(windows.size() + 1);
  std::size_t choice = 0;
  for (std::size_t j = ends.size(); j-- > 0;) {
    ends[j] = points[j + 1][choice].count;
    choice = choices[j][choice];
  }
  return make_partition(values_, std::move(ends));
}

}  // namespace airnn
