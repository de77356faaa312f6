// SPDX-License-Identifier: Apache-2.0
#include "testbenches/reference/ddr3_history.h"

#include <algorithm>

namespace airnn::test {

namespace {

constexpr Cycle kBurst = Ddr3TimingParams::kBurst;

std::size_t index(DramCommand command) {
  return static_cast<std::size_t>(command);
}

Cycle later(Cycle a, Cycle b) {
  if (a == kNever || b == kNever) {
    return a == kNever ? b : a;
  }
  return std::max(a, b);
}

}  // namespace

Ddr3History::Ddr3History(const Ddr3TimingParams& timing, const Ddr3Geometry& geometry)
    : timing_(timing) {
  Bank bank;
  bank.last.fill(kNever);
  Rank rank;
  rank.last.fill(kNever);
  rank.banks.assign(geometry.banks, bank);
  ranks_.assign(geometry.ranks, rank);
}

void Ddr3History::record(const CommandIssued& event) {
  const DramCommand command = event.command;
  Rank& rank = ranks_[event.place.rank];
  if (!is_to_bank(command)) {
    rank.last[index(command)] = event.cycle;
    if (command == DramCommand::precharge_all) {
      for (Bank& bank : rank.banks) {
        bank.open_row.reset();
      }
    }
    if (command == DramCommand::power_down_enter || command == DramCommand::power_down_exit) {
      rank.powered_down = command == DramCommand::power_down_enter;
    }
    if (command == DramCommand::self_refresh_enter || command == DramCommand::self_refresh_exit) {
      rank.self_refreshing = command == DramCommand::self_refresh_enter;
    }
    return;
  }
  Bank& bank = rank.banks[event.place.bank];
  bank.last[index(command)] = event.cycle;
  if (command == DramCommand::activate) {
    bank.open_row = event.place.row;
    bank.auto_precharged = false;
    rank.activates.push_back(event.cycle);
    if (rank.activates.size() > 4) {
      rank.activates.erase(rank.activates.begin());
    }
  } else if (command == DramCommand::precharge) {
    bank.open_row.reset();
  } else if (command == DramCommand::read_auto || command == DramCommand::write_auto) {
    bank.open_row.reset();
    bank.auto_precharged = true;
  }
}

std::optional<std::uint32_t> Ddr3History::open_row(std::uint32_t rank, std::uint32_t bank) const {
  return ranks_[rank].banks[bank].open_row;
}

bool Ddr3History::any_open(std::uint32_t rank) const {
  const std::vector<Bank>& banks = ranks_[rank].banks;
  return std::any_of(banks.begin(), banks.end(),
                     [](const Bank& bank) { return bank.open_row.has_value(); });
}

std::string Ddr3History::forbidden(DramCommand command, const DramPlace& place) const {
  const Rank& rank = ranks_[place.rank];
  if (rank.self_refreshing != (command == DramCommand::self_refresh_exit)) {
    return rank.self_refreshing ? "the rank is in self-refresh" : "the rank is not in self-refresh";
  }
  if (rank.powered_down != (command == DramCommand::power_down_exit)) {
    return rank.powered_down ? "the rank is powered down" : "the rank is not powered down";
  }
  const std::optional<std::uint32_t>& row = rank.banks[place.bank].open_row;
  if (command == DramCommand::activate && row) {
    return "the bank is open";
  }
  if (command == DramCommand::precharge && !row) {
    return "the bank is closed";
  }
  if (is_column(command) && row != place.row) {
    return row ? "another row is open" : "the bank is closed";
  }
  if (command == DramCommand::precharge_all && !any_open(place.rank)) {
    return "all banks are closed";
  }
  const bool needs_all_closed =
      command == DramCommand::refresh || command == DramCommand::self_refresh_enter;
  if (needs_all_closed && any_open(place.rank)) {
    return "a bank is open";
  }
  return "";
}

Cycle Ddr3History::last_of(const Rank& rank, DramCommand command) {
  Cycle last = rank.last[index(command)];
  for (const Bank& bank : rank.banks) {
    last = later(last, bank.last[index(command)]);
  }
  return last;
}

template <typename Visit>
void Ddr3History::each_demand(DramCommand command, const DramPlace& place, Visit visit) const {
  using C = DramCommand;
  const Ddr3TimingParams& t = timing_;
  const Rank& rank = ranks_[place.rank];
  const Bank& bank = rank.banks[place.bank];

  const auto after = [&](const char* rule, C earlier, Cycle at, Cycle distance) {
    if (at != kNever) {
      visit(Ddr3Demand{rule, earlier, at, at + distance});
    }
  };
  const auto same_bank = [&](const char* rule, C earlier, Cycle distance) {
    after(rule, earlier, bank.last[index(earlier)], distance);
  };
  const auto same_rank = [&](const char* rule, C earlier, Cycle distance) {
    after(rule, earlier, last_of(rank, earlier), distance);
  };
  const auto other_ranks = [&](C earlier, Cycle distance) {
    for (const Rank& other : ranks_) {
      if (&other != &rank) {
        after("rank-to-rank", earlier, last_of(other, earlier), distance);
      }
    }
  };
  // The last beat of a write's data has been taken.
  const Cycle write_end = t.cwl + kBurst;

  switch (command) {
    case C::activate:
      same_bank("tRC", C::activate, t.rc);
      same_rank("tRRD", C::activate, t.rrd);
      if (rank.activates.size() == 4) {
        after("tFAW", C::activate, rank.activates.front(), t.faw);
      }
      same_bank("tRP", C::precharge, t.rp);
      same_rank("tRP", C::precharge_all, t.rp);
      same_bank("auto-precharge", C::read_auto, t.rtp + t.rp);
      same_bank("auto-precharge", C::write_auto, write_end + t.wr + t.rp);
      same_rank("tRFC", C::refresh, t.rfc);
      same_rank("tXS", C::self_refresh_exit, t.xs);
      break;
    case C::precharge:
      same_bank("tRAS", C::activate, t.ras);
      same_bank("tRTP", C::read, t.rtp);
      same_bank("tWR", C::write, write_end + t.wr);
      break;
    case C::precharge_all:
      same_rank("tRAS", C::activate, t.ras);
      same_rank("tRTP", C::read, t.rtp);
      same_rank("tWR", C::write, write_end + t.wr);
      // Not into an auto-precharge that has not begun.
      same_rank("tRTP", C::read_auto, t.rtp);
      same_rank("tWR", C::write_auto, write_end + t.wr);
      break;
    case C::read:
    case C::read_auto:
      same_bank("tRCD", C::activate, t.rcd);
      for (const C read : {C::read, C::read_auto}) {
        same_rank("tCCD", read, t.ccd);
        other_ranks(read, kBurst + t.rtrs);
      }
      for (const C write : {C::write, C::write_auto}) {
        same_rank("tWTR", write, write_end + t.wtr);
        const Cycle to_bus = write_end + t.rtrs;
        other_ranks(write, to_bus > t.cl ? to_bus - t.cl : 1);
      }
      same_rank("tXSDLL", C::self_refresh_exit, t.xsdll);
      break;
    case C::write:
    case C::write_auto:
      same_bank("tRCD", C::activate, t.rcd);
      for (const C write : {C::write, C::write_auto}) {
        same_rank("tCCD", write, t.ccd);
        other_ranks(write, kBurst + t.rtrs);
      }
      for (const C read : {C::read, C::read_auto}) {
        same_rank("read-to-write", read, t.cl + t.ccd + 2 - t.cwl);
        other_ranks(read, t.cl + kBurst + t.rtrs - t.cwl);
      }
      same_rank("tXSDLL", C::self_refresh_exit, t.xsdll);
      break;
    case C::refresh:
    case C::self_refresh_enter:
      same_rank("tRP", C::precharge, t.rp);
      same_rank("tRP", C::precharge_all, t.rp);
      same_rank("auto-precharge", C::read_auto, t.rtp + t.rp);
      same_rank("auto-precharge", C::write_auto, write_end + t.wr + t.rp);
      for (const Bank& closing : rank.banks) {
        if (closing.auto_precharged) {
          after("auto-precharge", C::activate, closing.last[index(C::activate)], t.ras + t.rp);
        }
      }
      same_rank("tRFC", C::refresh, t.rfc);
      same_rank("tXS", C::self_refresh_exit, t.xs);
      if (command == C::self_refresh_enter) {
        // Not while data are on the bus.
        same_rank("read data", C::read, t.cl + kBurst + 1);
        same_rank("read data", C::read_auto, t.cl + kBurst + 1);
      }
      break;
    case C::power_down_enter:
      same_rank("power-down entry", C::read, t.cl + kBurst + 1);
      same_rank("power-down entry", C::read_auto, t.cl + kBurst + 1);
      same_rank("power-down entry", C::write, write_end + t.wr);
      same_rank("power-down entry", C::write_auto, write_end + t.wr + 1);
      same_rank("tCKE", C::power_down_exit, t.cke);
      // CKE stays high until the DLL has locked.
      same_rank("tXSDLL", C::self_refresh_exit, t.xsdll);
      break;
    case C::power_down_exit:
      same_rank("tCKE", C::power_down_enter, t.cke);
      return;
    case C::self_refresh_exit:
      same_rank("tCKESR", C::self_refresh_enter, t.ckesr);
      return;
  }
  same_rank("tXP", C::power_down_exit, t.xp);
}

std::vector<Ddr3Demand> Ddr3History::demands(DramCommand command, const DramPlace& place) const {
  std::vector<Ddr3Demand> all;
  each_demand(command, place, [&](const Ddr3Demand& demand) { all.push_back(demand); });
  return all;
}

bool Ddr3History::legal(DramCommand command, const DramPlace& place, Cycle cycle) const {
  if (!forbidden(command, place).empty()) {
    return false;
  }
  bool all_met = true;
  each_demand(command, place,
              [&](const Ddr3Demand& demand) { all_met = all_met && demand.due <= cycle; });
  return all_met;
}

}  // namespace airnn::test
