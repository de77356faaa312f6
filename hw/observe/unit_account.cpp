// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/unit_account.h"

#include <algorithm>

namespace airnn {

namespace {

Cycle total(const CyclesSpent& event) {
  return event.working + event.waiting_for_input + event.waiting_for_credit;
}

/// Takes up to `cycles` off `from`.
Cycle take(Cycle& from, Cycle& cycles) {
  const Cycle taken = std::min(from, cycles);
  from -= taken;
  cycles -= taken;
  return taken;
}

}  // namespace

void UnitAccount::spent(std::size_t unit, const CyclesSpent& event) {
  std::vector<CyclesSpent>& told = told_[unit];
  // A memory tells of every burst; what lies behind each other is one stretch.
  const bool continues = !told.empty() && event.working == total(event) &&
                         told.back().until == event.until - event.working;
  if (continues) {
    told.back().until = event.until;
    told.back().working += event.working;
  } else {
    told.push_back(event);
  }
}

std::vector<std::vector<CyclesSpent>> UnitAccount::end_input() {
  std::vector<std::vector<CyclesSpent>> sums(begins_.size(),
                                             std::vector<CyclesSpent>(told_.size()));
  for (std::size_t unit = 0; unit < told_.size(); ++unit) {
    for (const CyclesSpent& event : told_[unit]) {
      split(event, unit, sums);
    }
    told_[unit].clear();
  }
  begins_.clear();
  return sums;
}

void UnitAccount::split(const CyclesSpent& event, std::size_t unit,
                        std::vector<std::vector<CyclesSpent>>& sums) const {
  CyclesSpent left = event;
  for (std::size_t i = 0; i < begins_.size() && total(left) > 0; ++i) {
    const Cycle end = i + 1 < begins_.size() ? begins_[i + 1] : event.until;
    const Cycle from = event.until - total(left);
    Cycle cycles = std::max(std::min(end, event.until), from) - from;
    CyclesSpent& sum = sums[i][unit];
    sum.waiting_for_input += take(left.waiting_for_input, cycles);
    sum.waiting_for_credit += take(left.waiting_for_credit, cycles);
    sum.working += take(left.working, cycles);
  }
}

}  // namespace airnn
