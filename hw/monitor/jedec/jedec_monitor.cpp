// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/jedec/jedec_monitor.h"

#include <algorithm>
#include <utility>

namespace airnn {

namespace {

/// Refreshes that may be postponed or pulled in, and the longest time between two in tREFI.
constexpr std::int64_t kMostShifted = 8;
constexpr Cycle kMostIntervals = 9;

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
      history_(timing, geometry),
      rows_(std::size_t{geometry.ranks} * geometry.banks, kClosed),
      ranks_(geometry.ranks) {
  restart(0);
}

void JedecMonitor::save(StateList& list, Cycle origin) const {
  list.clear();
  history_.save(list, origin);
  list.insert(list.end(), rows_.begin(), rows_.end());
  for (const Rank& rank : ranks_) {
    list.insert(list.end(), {rank.open, rank.power, rank.refreshed - origin, rank.next_due - origin,
                             static_cast<std::uint64_t>(rank.owed), rank.needs_refresh ? 1U : 0U});
  }
  list.push_back(std::max(next_cycle_, origin) - origin);
}

void JedecMonitor::restore(const StateList& list, Cycle origin) {
  auto next = list.begin();
  history_.restore(next, origin);
  for (std::uint32_t& row : rows_) {
    row = static_cast<std::uint32_t>(*next++);
  }
  for (Rank& rank : ranks_) {
    rank.open = *next++;
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
  return rank.power == 0 && row_of(event.place) == event.place.row && !history_.may_be_early(event);
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
  } else if (history_.may_be_early(event)) {
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
  const std::uint32_t row = row_of(event.place);
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

void JedecMonitor::record(const CommandIssued& event) {
  next_cycle_ = std::max(next_cycle_, event.cycle + 1);
  history_.record(event);
  // Most commands; they change no state.
  if (event.command != DramCommand::read && event.command != DramCommand::write) {
    change_state(event);
  }
}

void JedecMonitor::change_state(const CommandIssued& event) {
  Rank& rank = ranks_[event.place.rank];
  const std::uint64_t bit = std::uint64_t{1} << event.place.bank;
  switch (event.command) {
    case DramCommand::activate:
      row_of(event.place) = event.place.row;
      rank.open |= bit;
      break;
    case DramCommand::read_auto:
    case DramCommand::write_auto:
    case DramCommand::precharge:
      row_of(event.place) = kClosed;
      rank.open &= ~bit;
      break;
    case DramCommand::precharge_all:
      std::fill_n(&row_of({event.place.rank, 0, 0, 0}), geometry_.banks, kClosed);
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
  for (const JedecHistory::Early& early : history_.early(event)) {
    report(early.rule, event, after(early.earlier, early.last, early.due));
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
  const std::uint32_t row = row_of(event.place);
  if (row == kClosed) {
    return "the bank is closed";
  }
  return event.command == DramCommand::activate ? "the bank is open" : "another row is open";
}

}  // namespace airnn
