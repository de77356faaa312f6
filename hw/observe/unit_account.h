// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "hw/common/activity.h"

namespace airnn {

/// Splits the cycles of units by the iterations of an input. Events may carry cycles ahead of the
/// kernel's time, and lie on both sides of the point where an iteration ends; so they wait until
/// the input is done. An event that does so is a stretch without a gap: waiting, then working.
class UnitAccount {
 public:
  void add_unit() { told_.emplace_back(); }
  void spent(std::size_t unit, const CyclesSpent& event);
  /// The next iteration of the running input begins.
  void begin_iteration(Cycle cycle) { begins_.push_back(cycle); }
  /// The input has ended: what each unit spent in each iteration, [iteration - 1][unit]; `until` of
  /// the sums means nothing.
  std::vector<std::vector<CyclesSpent>> end_input();

 private:
  void split(const CyclesSpent& event, std::size_t unit,
             std::vector<std::vector<CyclesSpent>>& sums) const;

  std::vector<std::vector<CyclesSpent>> told_;  ///< by unit, of the running input
  std::vector<Cycle> begins_;                   ///< of its iterations
};

}  // namespace airnn
