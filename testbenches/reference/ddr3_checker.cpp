// SPDX-License-Identifier: Apache-2.0
#include "testbenches/reference/ddr3_checker.h"

#include <algorithm>

namespace airnn::test {

namespace {

/// Refreshes that may be postponed or pulled in.
constexpr std::int64_t kMostShifted = 8;

}  // namespace

std::string Ddr3Violation::text() const {
  return rule + ": " + mnemonic(command) + " in " + std::to_string(cycle) + " to rank " +
         std::to_string(place.rank) + " bank " + std::to_string(place.bank) + " row " +
         std::to_string(place.row) + ": " + what;
}

Ddr3Checker::Ddr3Checker(const Ddr3TimingParams& timing, const Ddr3Geometry& geometry,
                         Ddr3CheckerOptions options)
    : timing_(timing), geometry_(geometry), options_(options), history_(timing, geometry) {
  for (std::uint32_t rank = 0; rank < geometry.ranks; ++rank) {
    Refreshes refreshes;
    refreshes.last = rank * timing.refi / geometry.ranks;
    refreshes.next_due = refreshes.last + timing.refi;
    refreshes_.push_back(refreshes);
  }
}

void Ddr3Checker::check(const CommandIssued& event) {
  if (event.cycle < next_cycle_) {
    report("one command per tCK", event,
           "the one before was in " + std::to_string(next_cycle_ - 1));
  }
  next_cycle_ = std::max(next_cycle_, event.cycle + 1);
  if (!place_exists(event)) {
    return;
  }
  const std::string forbidden = history_.forbidden(event.command, event.place);
  if (forbidden.empty()) {
    check_distances(event);
  } else {
    report("state", event, forbidden);
  }
  if (options_.refresh) {
    check_refreshes(event);
  }
  history_.record(event);
}

void Ddr3Checker::finish(Cycle end) {
  if (!options_.refresh) {
    return;
  }
  for (std::uint32_t rank = 0; rank < geometry_.ranks; ++rank) {
    if (!history_.self_refreshing(rank)) {
      check_overdue(refreshes_[rank], {end, DramCommand::refresh, {rank, 0, 0, 0}});
    }
  }
}

void Ddr3Checker::report(const std::string& rule, const CommandIssued& event,
                         const std::string& what) {
  violations_.push_back({rule, event.cycle, event.command, event.place, what});
}

bool Ddr3Checker::place_exists(const CommandIssued& event) {
  const DramPlace& place = event.place;
  if (place.rank >= geometry_.ranks || place.bank >= geometry_.banks ||
      place.row >= geometry_.rows || place.column >= geometry_.columns || place.column % 8 != 0) {
    report("place", event, "there is no such place in the channel");
    return false;
  }
  // What a command does not say is 0, so that traces can be compared.
  DramPlace said;
  said.rank = place.rank;
  if (is_to_bank(event.command)) {
    said.bank = place.bank;
    said.row = event.command == DramCommand::precharge ? 0 : place.row;
    said.column = is_column(event.command) ? place.column : 0;
  }
  if (!(said == place)) {
    report("place", event, "more than the command says");
  }
  return true;
}

void Ddr3Checker::check_distances(const CommandIssued& event) {
  const std::vector<Ddr3Demand> demands = history_.demands(event.command, event.place);
  Cycle due = 0;
  for (const Ddr3Demand& demand : demands) {
    due = std::max(due, demand.due);
    if (event.cycle < demand.due) {
      report(demand.rule, event,
             std::string("after ") + mnemonic(demand.earlier) + " in " + std::to_string(demand.at) +
                 ", due in " + std::to_string(demand.due));
    }
  }
  for (const Ddr3Demand& demand : demands) {
    std::uint64_t& tight = coverage_[std::string(demand.rule) + " " + mnemonic(demand.earlier) +
                                     ">" + mnemonic(event.command)];
    tight += demand.due == due && event.cycle == due ? 1 : 0;
  }
}

void Ddr3Checker::check_overdue(Refreshes& refreshes, const CommandIssued& event) {
  while (refreshes.next_due <= event.cycle) {
    ++refreshes.owed;
    refreshes.next_due += timing_.refi;
  }
  if (refreshes.owed > kMostShifted) {
    report("refreshes postponed", event,
           std::to_string(refreshes.owed) + " are owed, at most " + std::to_string(kMostShifted));
  }
  const Cycle due = refreshes.last + 9 * timing_.refi;
  if (event.cycle > due) {
    report("tREFI", event,
           "the last refresh was in " + std::to_string(refreshes.last) + ", due in " +
               std::to_string(due));
  }
}

void Ddr3Checker::check_refreshes(const CommandIssued& event) {
  Refreshes& refreshes = refreshes_[event.place.rank];
  if (event.command == DramCommand::refresh) {
    check_overdue(refreshes, event);
    --refreshes.owed;
    if (refreshes.owed < -kMostShifted) {
      report(
          "refreshes pulled in", event,
          std::to_string(-refreshes.owed) + " are ahead, at most " + std::to_string(kMostShifted));
    }
    refreshes.last = event.cycle;
    refreshes.since_self_refresh = true;
  } else if (event.command == DramCommand::self_refresh_enter) {
    check_overdue(refreshes, event);
    if (!refreshes.since_self_refresh) {
      report("self-refresh entry", event, "no REF since SRX");
    }
  } else if (event.command == DramCommand::self_refresh_exit) {
    refreshes = {event.cycle, event.cycle + timing_.refi, 1, false};
  }
}

}  // namespace airnn::test
