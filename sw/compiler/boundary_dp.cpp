// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/boundary_dp.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace airnn {

namespace {

class RowSolver {
 public:
  RowSolver(const std::vector<Moments>& starts, const std::vector<long double>& costs,
            const std::vector<Moments>& ends, Emptiness emptiness)
      : starts_(starts), costs_(costs), ends_(ends), emptiness_(emptiness) {
    row_.cost.assign(ends.size(), std::numeric_limits<long double>::infinity());
    row_.choice.assign(ends.size(), 0);
  }

  DpRow solve() {
    if (!starts_.empty() && !ends_.empty()) {
      halve(0, ends_.size(), 0, starts_.size() - 1);
    }
    return std::move(row_);
  }

 private:
  void halve(std::size_t first_end, std::size_t last_end, std::size_t first, std::size_t last) {
    while (first_end < last_end) {
      const std::size_t middle = first_end + (last_end - first_end) / 2;
      const std::size_t choice = choose(middle, first, last);
      halve(first_end, middle, first, choice);
      first_end = middle + 1;
      first = choice;
    }
  }

  std::size_t choose(std::size_t end, std::size_t first, std::size_t last) {
    const Moments& to = ends_[end];
    std::size_t best = first;
    long double least = std::numeric_limits<long double>::infinity();
    for (std::size_t b = first; b <= last; ++b) {
      if (starts_[b].count >= to.count && emptiness_ == Emptiness::forbidden) {
        break;
      }
      const long double cost = costs_[b] + within_squares(starts_[b], to);
      if (cost < least) {
        least = cost;
        best = b;
      }
    }
    row_.cost[end] = least;
    row_.choice[end] = static_cast<std::uint32_t>(best);
    return best;
  }

  const std::vector<Moments>& starts_;
  const std::vector<long double>& costs_;
  const std::vector<Moments>& ends_;
  Emptiness emptiness_;
  DpRow row_;
};

}  // namespace

DpRow dp_row(const std::vector<Moments>& starts, const std::vector<long double>& costs,
             const std::vector<Moments>& ends, Emptiness emptiness) {
  return RowSolver(starts, costs, ends, emptiness).solve();
}

}  // namespace airnn
