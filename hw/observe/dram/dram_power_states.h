// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "hw/memory/ddr3/dram_events.h"

namespace airnn {

/// What a rank consumes while nothing happens in it depends on this.
enum class DramPowerState : std::uint8_t {
  active_standby,     ///< a bank is open
  precharge_standby,  ///< all banks are closed, or are being refreshed
  active_power_down,
  precharge_power_down,
  self_refresh,
};
inline constexpr std::size_t kDramPowerStates = 5;

/// Name in results, e.g. "active_standby".
const char* to_string(DramPowerState state);

/// When a bank closes by itself after a command with auto-precharge; in tCK.
struct AutoPrechargeTiming {
  Cycle ras = 0;          ///< from ACT at the earliest
  Cycle after_read = 0;   ///< from RDA: tRTP
  Cycle after_write = 0;  ///< from WRA: CWL + 4 + tWR
};

/// How long each rank was in each state, from the commands it got. They must come in the order of
/// their cycles.
class DramPowerStates {
 public:
  /// tCK by DramPowerState.
  using Cycles = std::array<Cycle, kDramPowerStates>;

  DramPowerStates(std::uint32_t ranks, const AutoPrechargeTiming& timing)
      : timing_(timing), ranks_(ranks) {}

  void issued(const CommandIssued& event) {
    if (is_change(event.command)) {
      change(event);
    }
  }
  /// Most commands change no state.
  static bool is_change(DramCommand command) {
    return command != DramCommand::read && command != DramCommand::write;
  }

  /// Counts the time up to `cycle`, which commands to come must not precede.
  void advance(Cycle cycle);

  /// Of one rank; its sum is the cycle of the last advance().
  const Cycles& rank(std::uint32_t rank) const { return ranks_[rank].cycles; }
  /// Of all ranks together.
  Cycles total() const;

 private:
  static constexpr std::size_t kBanks = 8;
  enum class Mode : std::uint8_t { standby, power_down, self_refresh };

  struct Rank {
    Cycle since = 0;         ///< counted up to here
    Cycle closing = 0;       ///< the last bank with auto-precharge is closed from here
    std::uint32_t open = 0;  ///< a bit per bank that needs a PRE to close
    Mode mode = Mode::standby;
    std::array<Cycle, kBanks> activated{};
    Cycles cycles{};
  };

  void change(const CommandIssued& event);
  static void count(Rank& rank, Cycle cycle);

  AutoPrechargeTiming timing_;
  std::vector<Rank> ranks_;
};

}  // namespace airnn
