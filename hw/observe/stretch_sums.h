// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/observe/dram/dram_sums.h"

namespace airnn {

/// The sums of a stretch that a channel may go through many times.
struct StretchSums {
  StretchSums(const DramStretch& stretch, std::uint32_t ranks, std::uint32_t banks);

  DramSums sums;
  std::vector<CommandIssued> state_changes;  ///< commands that change a rank's power state
  Cycle end = 0;                             ///< behind the last command

  friend bool operator==(const StretchSums& a, const StretchSums& b) {
    return a.sums == b.sums && a.state_changes == b.state_changes && a.end == b.end;
  }
};

}  // namespace airnn
