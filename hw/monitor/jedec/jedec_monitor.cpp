// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/jedec/jedec_monitor.h"

#include <algorithm>
#include <utility>

namespace airnn {

namespace {

/// Refreshes that may be postponed or pulled in, and the longest time between two in tREFI.
constexpr std::int64_t kMostShifted = 8;
constexpr Cycle kMostIntervals = 9;

constexpr std::size_t index(DramCommand command) {
  return static_cast<std::size_t>(command);
}

constexpr std::size_t index(JedecScope scope) {
  return static_cast<std::size_t>(scope);
}

constexpr bool needs_closed_banks(DramCommand command) {
  return command == DramCommand::refresh || command == DramCommand::self_refresh_enter;
}

std::string after(DramCommand earlier, Cycle at, Cycle due) {
  return std::string("after ") + mnemonic(earlier) + " in " + std::to_string(at) + ", due in " +
         std::to_string(due);
}

}  // namespace

std::string JedecViolation::text() const {
  std::string place = "rank " + std::to_string(seen.place.rank);
  if (is_to_bank(seen.command)) {
    place += " bank " + std::to_string(seen.place.bank);
  }
  if (is_column(seen.command) || seen.command == DramCommand::activate) {
    place += " row " + std::to_string(seen.place.row);
  }
  if (is_column(seen.command)) {
    place += " column " + std::to_string(seen.place.column);
  }
  return std::string(rule) + ": " + mnemonic(seen.command) + " to " + place + " seen in tCK " +
         std::to_string(seen.cycle) + ": " + why;
}

JedecMonitor::JedecMonitor(const Ddr3TimingParams& timing, const Ddr3Geometry& geometry,
                           bool refreshes, Report report)
    : timing_(timing),
      geometry_(geometry),
      refreshes_(refreshes),
      report_(std::move(report)),
      banks_(std::size_t{geometry.ranks} * geometry.banks),
      ranks_(geometry.ranks) {
  for (std::size_t i = 0; i < kDramCommands; ++i) {
    demands_[i] = jedec_demands(static_cast<DramCommand>(i), timing);
    keep_distances(static_cast<DramCommand>(i));
    for (const JedecDemand& demand : demands_[i]) {
      longest_ = std::max(longest_, demand.distance);
    }
  }
  longest_ = std::max(longest_, timing.ras + timing.rp);
  restart(0);
}

void JedecMonitor::save(StateList& list, Cycle origin) const {
  list.clear();
  const auto save_due = [&list, origin](const Due& due) {
    for (const Cycle cycle : due) {
      list.push_back(std::max(cycle, origin + kShift) - (origin + kShift));
    }
  };
  const auto save_last = [this, &list, origin](const Last& last) {
    for (const Cycle cycle : last) {
      // Later than that is 0, as if it had never been.
      const Cycle oldest = origin + kShift - std::min(origin + kShift, longest_);
      list.push_back(std::max(cycle, oldest) - oldest);
    }
  };
  for (const Bank& bank : banks_) {
    save_due(bank.due);
    save_last(bank.last);
    list.push_back(bank.row);
  }
  for (const Rank& rank : ranks_) {
    save_due(rank.due);
    save_last(rank.last);
    save_last(rank.last_others);
    list.insert(list.end(), {rank.open, rank.closing, rank.power, rank.refreshed - origin,
                             rank.next_due - origin, static_cast<std::uint64_t>(rank.owed),
                             rank.needs_refresh ? 1U : 0U});
  }
  list.push_back(std::max(next_cycle_, origin) - origin);
}

void JedecMonitor::restore(const StateList& list, Cycle origin) {
  auto next = list.begin();
  const auto restore_due = [&next, origin](Due& due) {
    for (Cycle& cycle : due) {
      cycle = origin + kShift + *next++;
    }
  };
  const auto restore_last = [this, &next, origin](Last& last) {
    for (Cycle& cycle : last) {
      const Cycle behind_oldest = *next++;
      cycle = behind_oldest == 0 ? 0 : origin + kShift - longest_ + behind_oldest;
    }
  };
  for (Bank& bank : banks_) {
    restore_due(bank.due);
    restore_last(bank.last);
    bank.row = static_cast<std::uint32_t>(*next++);
  }
  for (Rank& rank : ranks_) {
    restore_due(rank.due);
    restore_last(rank.last);
    restore_last(rank.last_others);
    rank.open = *next++;
    rank.closing = *next++;
    rank.power = static_cast<std::uint8_t>(*next++);
    rank.refreshed = origin + *next++;
    rank.next_due = origin + *next++;
    rank.owed = static_cast<std::int64_t>(*next++);
    rank.needs_refresh = *next++ != 0;
  }
  next_cycle_ = origin + *next;
}

void JedecMonitor::replayed(const DramReplay& replay) {
  const Cycle origin = replay.begin;
  save(present_, origin);
  const Known* known = known_.trust(replay.stretch);
  if (known != nullptr && known->before == present_) {
    restore(known->behind, origin);
    return;
  }
  Known now{present_, {}};
  const std::uint64_t reports = reports_;
  DramListener::replayed(replay);
  if (reports == reports_) {
    save(now.behind, origin);
    known_.keep(replay.stretch, std::move(now));
  }
}

JedecMonitor::Kind JedecMonitor::kind_of(DramCommand command) {
  if (is_column(command)) {
    return is_read(command) ? kRead : kWrite;
  }
  if (command == DramCommand::activate) {
    return kActivate;
  }
  return command == DramCommand::precharge ? kPrecharge : kRare;
}

/// Of its demands those that record() does not make of the last four ACT.
void JedecMonitor::keep_distances(DramCommand command) {
  const Kind kind = kind_of(command);
  for (const JedecDemand& demand : demands_[index(command)]) {
    if (kind != kRare && !demand.is_fourth) {
      Cycle& distance = distances_[index(demand.earlier)][index(demand.scope)][kind];
      distance = std::max(distance, demand.distance);
    }
  }
}

void JedecMonitor::issued(const CommandIssued& event) {
  if (is_good_column(event)) {
    record(event);
  } else {
    examine(event);
  }
}

/// The shortest way to say that nothing is wrong with most commands.
bool JedecMonitor::is_good_column(const CommandIssued& event) const {
  if (!is_column(event.command) || event.cycle < next_cycle_ || !place_exists(event.place)) {
    return false;
  }
  const Rank& rank = ranks_[event.place.rank];
  const Bank& bank = bank_of(event.place);
  const Kind kind = is_read(event.command) ? kRead : kWrite;
  return rank.power == 0 && bank.row == event.place.row &&
         std::max(bank.due[kind], rank.due[kind]) <= event.cycle + kShift;
}

void JedecMonitor::examine(const CommandIssued& event) {
  if (event.cycle < next_cycle_) {
    report("one command per tCK", event,
           "the one before was in " + std::to_string(next_cycle_ - 1));
  }
  if (!place_fits(event)) {
    const bool exists = place_exists(event.place);
    report("place", event,
           exists ? "more than the command says" : "there is no such place in the channel");
    if (!exists) {
      next_cycle_ = std::max(next_cycle_, event.cycle + 1);
      return;
    }
  }
  if (!state_allows(event)) {
    report("state", event, state_of(event));
  } else if (may_be_early(event)) {
    report_early(event);
  }
  record(event);
}

void JedecMonitor::restart(Cycle at) {
  settling_ = false;
  for (std::uint32_t r = 0; r < geometry_.ranks; ++r) {
    Rank& rank = ranks_[r];
    rank.refreshed = at + r * timing_.refi / geometry_.ranks;
    rank.next_due = rank.refreshed + timing_.refi;
    rank.owed = 0;
  }
}

void JedecMonitor::finish(Cycle end) {
  for (std::uint32_t r = 0; r < geometry_.ranks; ++r) {
    if (refreshes_ && (ranks_[r].power & kSelfRefresh) == 0) {
      check_overdue(ranks_[r], {end, DramCommand::refresh, {r, 0, 0, 0}});
    }
  }
}

/// What a command does not say is 0.
bool JedecMonitor::place_fits(const CommandIssued& event) const {
  const DramPlace& place = event.place;
  if (is_column(event.command)) {
    return place_exists(place);
  }
  const bool has_row = event.command == DramCommand::activate;
  return place.rank < geometry_.ranks &&
         place.bank < (is_to_bank(event.command) ? geometry_.banks : 1) &&
         place.row < (has_row ? geometry_.rows : 1) && place.column == 0;
}

bool JedecMonitor::state_allows(const CommandIssued& event) const {
  const Rank& rank = ranks_[event.place.rank];
  const std::uint32_t row = bank_of(event.place).row;
  if (is_column(event.command)) {
    return rank.power == 0 && row == event.place.row;
  }
  switch (event.command) {
    case DramCommand::activate:
      return rank.power == 0 && row == kClosed;
    case DramCommand::precharge:
      return rank.power == 0 && row != kClosed;
    case DramCommand::precharge_all:
      return rank.power == 0 && rank.open != 0;
    case DramCommand::refresh:
    case DramCommand::self_refresh_enter:
      return rank.power == 0 && rank.open == 0;
    case DramCommand::power_down_exit:
      return rank.power == kPoweredDown;
    case DramCommand::self_refresh_exit:
      return rank.power == kSelfRefresh;
    default:
      return rank.power == 0;
  }
}

bool JedecMonitor::may_be_early(const CommandIssued& event) const {
  const Kind kind = kind_of(event.command);
  return kind == kRare || std::max(bank_of(event.place).due[kind],
                                   ranks_[event.place.rank].due[kind]) > event.cycle + kShift;
}

void JedecMonitor::record(const CommandIssued& event) {
  const Cycle now = event.cycle + kShift;
  const std::size_t command = index(event.command);
  const std::array<Due, kJedecScopes>& distances = distances_[command];
  Rank& rank = ranks_[event.place.rank];
  next_cycle_ = std::max(next_cycle_, event.cycle + 1);
  rank.last[command] = now;
  raise(rank.due, distances[index(JedecScope::same_rank)], now);
  if (is_to_bank(event.command)) {
    Bank& bank = bank_of(event.place);
    bank.last[command] = now;
    raise(bank.due, distances[index(JedecScope::same_bank)], now);
  }
  if (ranks_.size() > 1 && is_column(event.command)) {
    for (Rank& other : ranks_) {
      if (&other != &rank) {
        other.last_others[command] = now;
        raise(other.due, distances[index(JedecScope::other_rank)], now);
      }
    }
  }
  // Most commands; they change no state.
  if (event.command != DramCommand::read && event.command != DramCommand::write) {
    change_state(event);
  }
}

void JedecMonitor::change_state(const CommandIssued& event) {
  Rank& rank = ranks_[event.place.rank];
  Bank& bank = bank_of(event.place);
  const std::uint64_t bit = std::uint64_t{1} << event.place.bank;
  switch (event.command) {
    case DramCommand::activate:
      bank.row = event.place.row;
      rank.open |= bit;
      rank.closing &= ~bit;
      std::move(rank.last.begin() + kActivates + 1, rank.last.end(),
                rank.last.begin() + kActivates);
      rank.last.back() = event.cycle + kShift;
      rank.due[kActivate] = std::max(rank.due[kActivate], rank.last[kActivates] + timing_.faw);
      break;
    case DramCommand::read_auto:
    case DramCommand::write_auto:
      rank.closing |= bit;
      [[fallthrough]];
    case DramCommand::precharge:
      bank.row = kClosed;
      rank.open &= ~bit;
      break;
    case DramCommand::precharge_all:
      for (std::uint32_t b = 0; b < geometry_.banks; ++b) {
        bank_of({event.place.rank, b, 0, 0}).row = kClosed;
      }
      rank.open = 0;
      break;
    case DramCommand::power_down_enter:
      rank.power |= kPoweredDown;
      break;
    case DramCommand::power_down_exit:
      rank.power &= static_cast<std::uint8_t>(~kPoweredDown);
      break;
    case DramCommand::refresh:
    case DramCommand::self_refresh_enter:
    case DramCommand::self_refresh_exit:
      change_refresh(event);
      break;
    case DramCommand::read:
    case DramCommand::write:
      break;
  }
}

void JedecMonitor::change_refresh(const CommandIssued& event) {
  Rank& rank = ranks_[event.place.rank];
  if (event.command == DramCommand::self_refresh_exit) {
    rank.power &= static_cast<std::uint8_t>(~kSelfRefresh);
    rank.refreshed = event.cycle;
    rank.next_due = event.cycle + timing_.refi;
    rank.owed = 1;
    rank.needs_refresh = true;
    return;
  }
  if (refreshes_) {
    check_overdue(rank, event);
  }
  if (event.command == DramCommand::self_refresh_enter) {
    rank.power |= kSelfRefresh;
    if (refreshes_ && rank.needs_refresh) {
      report("self-refresh entry", event, "no REF since SRX");
    }
    return;
  }
  --rank.owed;
  rank.refreshed = event.cycle;
  rank.needs_refresh = false;
  if (refreshes_ && rank.owed < -kMostShifted && !settling_) {
    report("refreshes pulled in", event,
           std::to_string(-rank.owed) + " are ahead, at most " + std::to_string(kMostShifted));
  }
}

void JedecMonitor::check_overdue(Rank& rank, const CommandIssued& event) {
  while (rank.next_due <= event.cycle) {
    ++rank.owed;
    rank.next_due += timing_.refi;
  }
  if (rank.owed > kMostShifted) {
    report("refreshes postponed", event,
           std::to_string(rank.owed) + " are owed, at most " + std::to_string(kMostShifted));
  }
  const Cycle due = rank.refreshed + kMostIntervals * timing_.refi;
  if (event.cycle > due) {
    report("tREFI", event,
           "the last refresh was in " + std::to_string(rank.refreshed) + ", due in " +
               std::to_string(due));
  }
}

void JedecMonitor::report(const char* rule, const CommandIssued& event, std::string why) const {
  ++reports_;
  report_({rule, event, std::move(why)});
}

void JedecMonitor::report_early(const CommandIssued& event) const {
  const Scopes scopes = scopes_of(event.place);
  const auto demand_of = [&](const char* rule, DramCommand earlier, Cycle last, Cycle due) {
    if (event.cycle + kShift < due) {
      report(rule, event, after(earlier, last - kShift, due - kShift));
    }
  };
  for (const JedecDemand& demand : demands_[index(event.command)]) {
    const Cycle last = (*scopes[index(demand.scope)])[slot_of(demand)];
    demand_of(demand.rule, demand.earlier, last, last + demand.distance);
  }
  if (needs_closed_banks(event.command)) {
    for (std::uint64_t rest = ranks_[event.place.rank].closing; rest != 0; rest &= rest - 1) {
      const auto bank = static_cast<std::uint32_t>(__builtin_ctzll(rest));
      const Cycle due = closed_from(event.place.rank, bank);
      demand_of("auto-precharge", DramCommand::activate, due - timing_.ras - timing_.rp, due);
    }
  }
}

/// Why state_allows() says no.
std::string JedecMonitor::state_of(const CommandIssued& event) const {
  const Rank& rank = ranks_[event.place.rank];
  const bool refreshing_itself = (rank.power & kSelfRefresh) != 0;
  if (refreshing_itself != (event.command == DramCommand::self_refresh_exit)) {
    return refreshing_itself ? "the rank is in self-refresh" : "the rank is not in self-refresh";
  }
  const bool powered_down = (rank.power & kPoweredDown) != 0;
  if (powered_down != (event.command == DramCommand::power_down_exit)) {
    return powered_down ? "the rank is powered down" : "the rank is not powered down";
  }
  if (event.command == DramCommand::precharge_all) {
    return "all banks are closed";
  }
  if (needs_closed_banks(event.command)) {
    return "a bank is open";
  }
  const std::uint32_t row = bank_of(event.place).row;
  if (row == kClosed) {
    return "the bank is closed";
  }
  return event.command == DramCommand::activate ? "the bank is open" : "another row is open";
}

}  // namespace airnn
