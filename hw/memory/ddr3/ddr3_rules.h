// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/memory/ddr3/ddr3_part.h"
#include "hw/memory/ddr3/dram_command.h"

namespace airnn {

/// Between which banks a rule holds.
enum class RuleScope : std::uint8_t { same_bank, same_rank, other_rank };

/// One constraint of JESD79-3: `to` comes at least `cycles` after the `count`-th last `from` in the
/// scope. A rule of scope same_rank whose commands go to a bank holds for all banks of the rank.
struct Ddr3Rule {
  const char* name;  ///< the parameter behind it
  DramCommand from;
  DramCommand to;
  RuleScope scope;
  Cycle cycles;
  std::uint32_t count = 1;
};

/// All constraints between two commands, one row each. What depends on state instead (a row must be
/// open for RD, all banks closed for REF, ...) is the channel's.
std::vector<Ddr3Rule> ddr3_rules(const Ddr3TimingParams& timing);

}  // namespace airnn
