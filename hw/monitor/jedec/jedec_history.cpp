// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/jedec/jedec_history.h"

namespace airnn {

namespace {

constexpr std::size_t index(DramCommand command) {
  return static_cast<std::size_t>(command);
}

constexpr std::size_t index(JedecScope scope) {
  return static_cast<std::size_t>(scope);
}

}  // namespace

JedecHistory::JedecHistory(const Ddr3TimingParams& timing, const Ddr3Geometry& geometry)
    : timing_(timing),
      banks_of_rank_(geometry.banks),
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
}

/// Of its demands those that keep_banks() does not make of the last four ACT.
void JedecHistory::keep_distances(DramCommand command) {
  const Kind kind = kind_of(command);
  for (const JedecDemand& demand : demands_[index(command)]) {
    if (kind != kRare && !demand.is_fourth) {
      Cycle& distance = distances_[index(demand.earlier)][index(demand.scope)][kind];
      distance = std::max(distance, demand.distance);
    }
  }
}

void JedecHistory::delay_other_ranks(const CommandIssued& event) {
  const Cycle now = event.cycle + kShift;
  const std::size_t command = index(event.command);
  for (std::uint32_t r = 0; r < ranks_.size(); ++r) {
    if (r != event.place.rank) {
      ranks_[r].last_others[command] = now;
      raise(ranks_[r].due, distances_[command][index(JedecScope::other_rank)], now);
    }
  }
}

std::vector<JedecHistory::Early> JedecHistory::early(const CommandIssued& event) const {
  const Rank& rank = ranks_[event.place.rank];
  const std::array<const Last*, kJedecScopes> scopes = {&bank_of(event.place).last, &rank.last,
                                                        &rank.last_others};
  std::vector<Early> early;
  for (const JedecDemand& demand : demands_[index(event.command)]) {
    const Cycle last = (*scopes[index(demand.scope)])[slot_of(demand)];
    if (event.cycle + kShift < last + demand.distance) {
      early.push_back(
          {demand.rule, demand.earlier, last - kShift, last + demand.distance - kShift});
    }
  }
  if (needs_closed_banks(event.command)) {
    add_auto_precharges(event, early);
  }
  return early;
}

void JedecHistory::add_auto_precharges(const CommandIssued& event,
                                       std::vector<Early>& early) const {
  for (std::uint64_t rest = ranks_[event.place.rank].closing; rest != 0; rest &= rest - 1) {
    const auto bank = static_cast<std::uint32_t>(__builtin_ctzll(rest));
    const Cycle last = bank_of({event.place.rank, bank, 0, 0}).last[index(DramCommand::activate)];
    const Cycle due = last + timing_.ras + timing_.rp;
    if (event.cycle + kShift < due) {
      early.push_back({"auto-precharge", DramCommand::activate, last - kShift, due - kShift});
    }
  }
}

void JedecHistory::save(StateList& list, Cycle origin) const {
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
  }
  for (const Rank& rank : ranks_) {
    save_due(rank.due);
    save_last(rank.last);
    save_last(rank.last_others);
    list.push_back(rank.closing);
  }
}

void JedecHistory::restore(StateList::const_iterator& next, Cycle origin) {
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
  }
  for (Rank& rank : ranks_) {
    restore_due(rank.due);
    restore_last(rank.last);
    restore_last(rank.last_others);
    rank.closing = *next++;
  }
}

}  // namespace airnn
