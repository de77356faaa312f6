// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/memory/ddr3/dram_events.h"

namespace airnn::test {

/// Command, cycle, bank, row, rank.
struct PlantedStep {
  DramCommand command;
  Cycle cycle;
  std::uint32_t bank = 0;
  std::uint32_t row = 0;
  std::uint32_t rank = 0;

  CommandIssued event() const { return {cycle, command, {rank, bank, row, 0}}; }
};

/// The shortest history in which one rule alone decides when the last command may come.
struct PlantedRule {
  std::string rule;
  std::vector<PlantedStep> before;
  PlantedStep last;  ///< in the first cycle that is allowed
};

/// Every distance of JESD79-3 that decides in the default part, for channels of two ranks.
std::vector<PlantedRule> planted_rules();

}  // namespace airnn::test
