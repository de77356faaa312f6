// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/observe/dram/dram_power_states.h"

namespace airnn::test {

/// Random commands to ranks of eight banks in an order that a controller could choose, with
/// auto-precharge, refreshes, power-down and self-refresh.
std::vector<CommandIssued> random_commands(unsigned seed, std::uint32_t ranks, std::size_t count,
                                           const AutoPrechargeTiming& timing);

/// Time in each state until `end`, found cycle by cycle and bank by bank.
std::vector<DramPowerStates::Cycles> states_by_cycle(const std::vector<CommandIssued>& commands,
                                                     std::uint32_t ranks, Cycle end,
                                                     const AutoPrechargeTiming& timing);

}  // namespace airnn::test
