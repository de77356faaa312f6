// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>

#include "hw/common/cycle.h"

namespace airnn::test {

/// A unit's cycles, each counted once; the rest is idle.
struct ActivityTwin {
  Cycle working = 0;
  Cycle waiting_for_input = 0;
  Cycle waiting_for_credit = 0;

  friend bool operator==(const ActivityTwin& a, const ActivityTwin& b) {
    return a.working == b.working && a.waiting_for_input == b.waiting_for_input &&
           a.waiting_for_credit == b.waiting_for_credit;
  }
  friend std::ostream& operator<<(std::ostream& out, const ActivityTwin& a) {
    return out << "working " << a.working << ", waiting for input " << a.waiting_for_input
               << ", waiting for credit " << a.waiting_for_credit;
  }
};

}  // namespace airnn::test
