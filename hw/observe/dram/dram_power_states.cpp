// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/dram/dram_power_states.h"

#include <algorithm>

namespace airnn {

const char* to_string(DramPowerState state) {
  switch (state) {
    case DramPowerState::active_standby:
      return "active_standby";
    case DramPowerState::precharge_standby:
      return "precharge_standby";
    case DramPowerState::active_power_down:
      return "active_power_down";
    case DramPowerState::precharge_power_down:
      return "precharge_power_down";
    case DramPowerState::self_refresh:
      return "self_refresh";
  }
  return "unknown";
}

void DramPowerStates::change(const CommandIssued& event) {
  Rank& rank = ranks_[event.place.rank];
  count(rank, event.cycle);
  const std::uint32_t bank = std::uint32_t{1} << event.place.bank;
  switch (event.command) {
    case DramCommand::activate:
      rank.open |= bank;
      rank.activated[event.place.bank] = event.cycle;
      break;
    case DramCommand::precharge:
      rank.open &= ~bank;
      break;
    case DramCommand::precharge_all:
      rank.open = 0;
      break;
    case DramCommand::read_auto:
    case DramCommand::write_auto: {
      const Cycle recovery = is_read(event.command) ? timing_.after_read : timing_.after_write;
      rank.open &= ~bank;
      rank.closing = std::max(
          {rank.closing, event.cycle + recovery, rank.activated[event.place.bank] + timing_.ras});
      break;
    }
    case DramCommand::power_down_enter:
      rank.mode = Mode::power_down;
      break;
    case DramCommand::self_refresh_enter:
      rank.mode = Mode::self_refresh;
      break;
    case DramCommand::power_down_exit:
    case DramCommand::self_refresh_exit:
      rank.mode = Mode::standby;
      break;
    case DramCommand::read:
    case DramCommand::write:
    case DramCommand::refresh:
      break;
  }
}

void DramPowerStates::count(Rank& rank, Cycle cycle) {
  if (cycle <= rank.since) {
    return;
  }
  const Cycle open_until =
      rank.open != 0 ? cycle : std::min(std::max(rank.closing, rank.since), cycle);
  const Cycle active = open_until - rank.since;
  const Cycle precharged = cycle - open_until;
  const auto add = [&rank](DramPowerState state, Cycle cycles) {
    rank.cycles[static_cast<std::size_t>(state)] += cycles;
  };
  switch (rank.mode) {
    case Mode::standby:
      add(DramPowerState::active_standby, active);
      add(DramPowerState::precharge_standby, precharged);
      break;
    case Mode::power_down:
      add(DramPowerState::active_power_down, active);
      add(DramPowerState::precharge_power_down, precharged);
      break;
    case Mode::self_refresh:
      add(DramPowerState::self_refresh, active + precharged);
      break;
  }
  rank.since = cycle;
}

void DramPowerStates::advance(Cycle cycle) {
  for (Rank& rank : ranks_) {
    count(rank, cycle);
  }
}

DramPowerStates::Cycles DramPowerStates::total() const {
  Cycles sum{};
  for (const Rank& rank : ranks_) {
    for (std::size_t i = 0; i < kDramPowerStates; ++i) {
      sum[i] += rank.cycles[i];
    }
  }
  return sum;
}

}  // namespace airnn
