// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/memory/ddr3/ddr3_part.h"
#include "hw/memory/ddr3/dram_events.h"

namespace airnn {

/// Whose command counts as the earlier one.
enum class JedecScope : std::uint8_t { same_bank, same_rank, other_rank };
inline constexpr std::size_t kJedecScopes = 3;

/// One distance of JESD79-3: a command comes no sooner than `distance` tCK after the last `earlier`
/// of the scope.
struct JedecDemand {
  const char* rule;
  DramCommand earlier;
  JedecScope scope;
  Cycle distance;
  bool is_fourth = false;  ///< after the fourth last `earlier` instead
};

/// The distances that the standard demands of a command in a state that allows it. One is missing:
/// an auto-precharge that waits for tRAS delays REF and SRE. The controller has a table of its own.
std::vector<JedecDemand> jedec_demands(DramCommand command, const Ddr3TimingParams& timing);

}  // namespace airnn
