// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/sources/dram_pins.h"

#include <algorithm>

namespace airnn {

DramPins::DramPins(WaveTree& tree, const std::string& scope, const DramPinsParams& params)
    : params_(params),
      command_(tree.add(scope, "command", WaveType::state(dram_commands()))),
      rank_(tree.add(scope, "rank", WaveType::number_to(params.ranks - 1))),
      bank_(tree.add(scope, "bank", WaveType::number_to(params.banks - 1))),
      row_(tree.add(scope, "row", WaveType::number_to(params.rows - 1))),
      column_(tree.add(scope, "column", WaveType::number_to(params.columns - 1))),
      ranks_(params.ranks) {
  for (std::uint32_t r = 0; r < params.ranks; ++r) {
    Rank& rank = ranks_[r];
    const std::string name = scope + ".rank" + std::to_string(r);
    rank.power_id = tree.add(name, "power", WaveType::state(dram_power_states()));
    rank.banks.resize(params.banks);
    for (std::uint32_t b = 0; b < params.banks; ++b) {
      const std::string bank = "bank" + std::to_string(b);
      rank.banks[b].state_id = tree.add(name, bank, WaveType::state(dram_row_states()));
      rank.banks[b].row_id = tree.add(name, bank + "_row", WaveType::number_to(params.rows - 1));
    }
  }
  own(command_, tree);
}

Cycle DramPins::next() const {
  return std::min({commands_.next(), command_end_, next_closing_});
}

void DramPins::show(Cycle cycle, WaveWriter& writer) {
  if (next_closing_ <= cycle) {
    close_banks(cycle);
  }
  const bool issues = commands_.has(cycle);
  command_end_ = issues ? cycle + 1 : kNever;
  while (commands_.has(cycle)) {
    execute(commands_.take(), writer);
  }
  if (!issues) {
    writer.set(command_, 0);
  }
  for (const Rank& rank : ranks_) {
    for (const Bank& bank : rank.banks) {
      writer.set(bank.state_id, static_cast<std::uint64_t>(bank.state));
    }
    show_power(rank, writer);
  }
}

void DramPins::execute(const CommandIssued& event, WaveWriter& writer) {
  Rank& rank = ranks_[event.place.rank];
  Bank& bank = rank.banks[event.place.bank];
  writer.set(command_, static_cast<std::uint64_t>(event.command) + 1);
  writer.set(rank_, event.place.rank);
  if (is_to_bank(event.command)) {
    writer.set(bank_, event.place.bank);
  }
  const auto change = [](Bank& of, DramRowState state) {
    of.state = state;
    of.closed_from = kNever;
  };
  switch (event.command) {
    case DramCommand::activate:
      change(bank, DramRowState::open);
      bank.activated = event.cycle;
      writer.set(row_, event.place.row);
      writer.set(bank.row_id, event.place.row);
      break;
    case DramCommand::precharge:
      change(bank, DramRowState::closed);
      break;
    case DramCommand::precharge_all:
      for (Bank& any : rank.banks) {
        change(any, DramRowState::closed);
      }
      break;
    case DramCommand::read_auto:
    case DramCommand::write_auto:
      change(bank, DramRowState::closing);
      bank.closed_from = std::max(
          event.cycle + (is_read(event.command) ? params_.after_read : params_.after_write),
          bank.activated + params_.ras);
      next_closing_ = std::min(next_closing_, bank.closed_from);
      [[fallthrough]];
    case DramCommand::read:
    case DramCommand::write:
      writer.set(row_, event.place.row);
      writer.set(column_, event.place.column);
      break;
    case DramCommand::power_down_enter:
    case DramCommand::power_down_exit:
      rank.is_powered_down = event.command == DramCommand::power_down_enter;
      break;
    case DramCommand::self_refresh_enter:
    case DramCommand::self_refresh_exit:
      rank.is_self_refreshing = event.command == DramCommand::self_refresh_enter;
      break;
    case DramCommand::refresh:
      break;
  }
}

void DramPins::close_banks(Cycle cycle) {
  next_closing_ = kNever;
  for (Rank& rank : ranks_) {
    for (Bank& bank : rank.banks) {
      if (bank.closed_from <= cycle) {
        bank.closed_from = kNever;
        bank.state = DramRowState::closed;
      }
      next_closing_ = std::min(next_closing_, bank.closed_from);
    }
  }
}

void DramPins::show_power(const Rank& rank, WaveWriter& writer) const {
  const bool is_active = std::any_of(rank.banks.begin(), rank.banks.end(), [](const Bank& bank) {
    return bank.state != DramRowState::closed;
  });
  DramRankState state = DramRankState::self_refresh;
  if (!rank.is_self_refreshing) {
    state =
        rank.is_powered_down
            ? (is_active ? DramRankState::active_power_down : DramRankState::precharge_power_down)
            : (is_active ? DramRankState::active_standby : DramRankState::precharge_standby);
  }
  writer.set(rank.power_id, static_cast<std::uint64_t>(state));
}

}  // namespace airnn
