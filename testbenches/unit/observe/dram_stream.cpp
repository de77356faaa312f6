// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/observe/dram_stream.h"

#include <algorithm>
#include <random>

namespace airnn::test {

namespace {

constexpr std::size_t kBanks = 8;

struct Bank {
  Cycle activated = 0;
  Cycle closed_from = 0;  ///< kNever: open until told otherwise
};

struct Rank {
  std::array<Bank, kBanks> banks;
  bool powered_down = false;
  bool self_refresh = false;

  bool any_open(Cycle cycle) const {
    return std::any_of(banks.begin(), banks.end(),
                       [cycle](const Bank& bank) { return cycle < bank.closed_from; });
  }
};

void apply(const CommandIssued& event, const AutoPrechargeTiming& timing, Rank& rank) {
  Bank& bank = rank.banks[event.place.bank];
  switch (event.command) {
    case DramCommand::activate:
      bank = {event.cycle, kNever};
      break;
    case DramCommand::precharge:
      bank.closed_from = std::min(bank.closed_from, event.cycle);
      break;
    case DramCommand::precharge_all:
      for (Bank& one : rank.banks) {
        // A bank with auto-precharge closes when it does.
        one.closed_from = one.closed_from == kNever ? event.cycle : one.closed_from;
      }
      break;
    case DramCommand::read_auto:
      bank.closed_from = std::max(event.cycle + timing.after_read, bank.activated + timing.ras);
      break;
    case DramCommand::write_auto:
      bank.closed_from = std::max(event.cycle + timing.after_write, bank.activated + timing.ras);
      break;
    case DramCommand::power_down_enter:
    case DramCommand::power_down_exit:
      rank.powered_down = event.command == DramCommand::power_down_enter;
      break;
    case DramCommand::self_refresh_enter:
    case DramCommand::self_refresh_exit:
      rank.self_refresh = event.command == DramCommand::self_refresh_enter;
      break;
    case DramCommand::read:
    case DramCommand::write:
    case DramCommand::refresh:
      break;
  }
}

/// One that the state of the rank and the bank allows.
DramCommand choose(std::mt19937& random, const Rank& rank, const Bank& bank, Cycle cycle) {
  if (rank.self_refresh) {
    return DramCommand::self_refresh_exit;
  }
  if (rank.powered_down) {
    return DramCommand::power_down_exit;
  }
  const auto dice = random() % 20;
  if (dice == 0) {
    return DramCommand::power_down_enter;
  }
  if (!rank.any_open(cycle)) {
    if (dice == 1) {
      return DramCommand::self_refresh_enter;
    }
    return dice < 5 ? DramCommand::refresh : DramCommand::activate;
  }
  if (dice == 1) {
    return DramCommand::precharge_all;
  }
  if (bank.closed_from != kNever) {
    return cycle < bank.closed_from ? DramCommand::precharge_all : DramCommand::activate;
  }
  if (dice < 5) {
    return DramCommand::precharge;
  }
  if (dice < 8) {
    return DramCommand::read_auto;
  }
  if (dice < 11) {
    return DramCommand::write_auto;
  }
  return dice < 15 ? DramCommand::read : DramCommand::write;
}

}  // namespace

std::vector<CommandIssued> random_commands(unsigned seed, std::uint32_t ranks, std::size_t count,
                                           const AutoPrechargeTiming& timing) {
  std::mt19937 random(seed);
  std::vector<Rank> state(ranks);
  std::vector<CommandIssued> commands;
  Cycle cycle = 0;
  while (commands.size() < count) {
    cycle += 1 + random() % (random() % 8 == 0 ? 100 : 6);
    CommandIssued event;
    event.cycle = cycle;
    event.place.rank = static_cast<std::uint32_t>(random() % ranks);
    event.place.bank = static_cast<std::uint32_t>(random() % kBanks);
    Rank& rank = state[event.place.rank];
    event.command = choose(random, rank, rank.banks[event.place.bank], cycle);
    event.place.bank = is_to_bank(event.command) ? event.place.bank : 0;
    apply(event, timing, rank);
    commands.push_back(event);
  }
  return commands;
}

std::vector<DramPowerStates::Cycles> states_by_cycle(const std::vector<CommandIssued>& commands,
                                                     std::uint32_t ranks, Cycle end,
                                                     const AutoPrechargeTiming& timing) {
  std::vector<Rank> state(ranks);
  std::vector<DramPowerStates::Cycles> cycles(ranks);
  std::size_t next = 0;
  for (Cycle cycle = 0; cycle < end; ++cycle) {
    for (; next < commands.size() && commands[next].cycle == cycle; ++next) {
      apply(commands[next], timing, state[commands[next].place.rank]);
    }
    for (std::uint32_t r = 0; r < ranks; ++r) {
      const bool open = state[r].any_open(cycle);
      DramPowerState now =
          open ? DramPowerState::active_standby : DramPowerState::precharge_standby;
      if (state[r].powered_down) {
        now = open ? DramPowerState::active_power_down : DramPowerState::precharge_power_down;
      }
      if (state[r].self_refresh) {
        now = DramPowerState::self_refresh;
      }
      ++cycles[r][static_cast<std::size_t>(now)];
    }
  }
  return cycles;
}

}  // namespace airnn::test
