// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/common/cycle.h"

namespace airnn {

/// How a unit spent cycles; what it does not account for is idle (docs/timing.md). The cycles of
/// one event lie before `until`, and events of a unit do not overlap.
struct CyclesSpent {
  Cycle until = 0;
  Cycle working = 0;
  Cycle waiting_for_input = 0;
  Cycle waiting_for_credit = 0;

  bool operator==(const CyclesSpent& other) const {
    return until == other.until && working == other.working &&
           waiting_for_input == other.waiting_for_input &&
           waiting_for_credit == other.waiting_for_credit;
  }
};

}  // namespace airnn
