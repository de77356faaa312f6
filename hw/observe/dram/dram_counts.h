// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "hw/observe/dram/dram_power_states.h"
#include "sw/results/counts.h"

namespace airnn {

inline constexpr std::size_t kRowOutcomes = 4;

/// What a channel did, as far as it costs energy or is a plain count. Sums and differences of runs
/// are exact.
struct DramCounts {
  std::array<std::uint64_t, kDramCommands> commands{};
  std::array<std::uint64_t, kRowOutcomes> outcomes{};  ///< of requests served
  std::uint64_t reads = 0;                             ///< requests served
  std::uint64_t writes = 0;
  DramPowerStates::Cycles state_cycles{};  ///< tCK, of all ranks together

  std::uint64_t of(DramCommand command) const {
    return commands[static_cast<std::size_t>(command)];
  }
  std::uint64_t of(RowOutcome outcome) const { return outcomes[static_cast<std::size_t>(outcome)]; }
  Cycle of(DramPowerState state) const { return state_cycles[static_cast<std::size_t>(state)]; }

  /// With and without auto-precharge.
  std::uint64_t read_commands() const { return of(DramCommand::read) + of(DramCommand::read_auto); }
  std::uint64_t write_commands() const {
    return of(DramCommand::write) + of(DramCommand::write_auto);
  }
  /// Part of the column commands that needed no ACT of their own; 0 without any.
  double row_hit_rate() const;

  DramCounts& operator+=(const DramCounts& other);
  DramCounts& operator-=(const DramCounts& other);

  friend bool operator==(const DramCounts& a, const DramCounts& b) {
    return a.commands == b.commands && a.outcomes == b.outcomes && a.reads == b.reads &&
           a.writes == b.writes && a.state_cycles == b.state_cycles;
  }
};

/// As a record has it, among the other actions.
void add(Counts& to, const DramCounts& part);
DramCounts dram_counts(const Counts& counts);

}  // namespace airnn
