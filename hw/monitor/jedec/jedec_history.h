// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "hw/memory/ddr3/ddr3_part.h"
#include "hw/memory/ddr3/dram_events.h"
#include "hw/memory/ddr3/state_list.h"
#include "hw/monitor/jedec/jedec_demands.h"

namespace airnn {

/// These demand that all banks of the rank are closed.
constexpr bool needs_closed_banks(DramCommand command) {
  return command == DramCommand::refresh || command == DramCommand::self_refresh_enter;
}

/// When each command was last seen by each bank and rank, and what that forbids: the distances of
/// JESD79-3, not the states.
///
/// The last cycles of all commands lie in flat arrays. Nearly all commands are of four kinds; for
/// them the first cycle that all distances allow is kept beside the history, so that a command that
/// is in order costs a few comparisons. The others are looked up.
class JedecHistory {
 public:
  /// A distance that a command does not keep.
  struct Early {
    const char* rule;
    DramCommand earlier;
    Cycle last;  ///< when that was
    Cycle due;
  };

  JedecHistory(const Ddr3TimingParams& timing, const Ddr3Geometry& geometry);

  /// Of the banks of all ranks.
  std::size_t number_of_bank(const DramPlace& place) const {
    return std::size_t{place.rank} * banks_of_rank_ + place.bank;
  }
  /// The command may come too early: early() says. False is certain. The place must exist.
  bool may_be_early(const CommandIssued& event) const {
    const Kind kind = kind_of(event.command);
    return kind == kRare || std::max(bank_of(event.place).due[kind],
                                     ranks_[event.place.rank].due[kind]) > event.cycle + kShift;
  }
  std::vector<Early> early(const CommandIssued& event) const;

  void record(const CommandIssued& event) {
    const Cycle now = event.cycle + kShift;
    const auto command = static_cast<std::size_t>(event.command);
    const std::array<Due, kJedecScopes>& distances = distances_[command];
    Rank& rank = ranks_[event.place.rank];
    rank.last[command] = now;
    raise(rank.due, distances[static_cast<std::size_t>(JedecScope::same_rank)], now);
    if (is_to_bank(event.command)) {
      Bank& bank = bank_of(event.place);
      bank.last[command] = now;
      raise(bank.due, distances[static_cast<std::size_t>(JedecScope::same_bank)], now);
    }
    if (ranks_.size() > 1 && is_column(event.command)) {
      delay_other_ranks(event);
    }
    if (event.command != DramCommand::read && event.command != DramCommand::write) {
      keep_banks(rank, event);
    }
  }

  /// Appends what can still forbid a command in `origin` or later, counted from there.
  void save(StateList& list, Cycle origin) const;
  void restore(StateList::const_iterator& next, Cycle origin);

 private:
  /// Last cycle of each command, plus kShift; 0: not yet. Behind them, of a rank, its last four
  /// ACT, oldest first.
  static constexpr std::size_t kActivates = kDramCommands;
  static constexpr std::size_t kSlots = kActivates + 4;
  using Last = std::array<Cycle, kSlots>;
  /// More than any distance, so that what never was forbids nothing.
  static constexpr Cycle kShift = Cycle{1} << 40;

  enum Kind : std::size_t { kActivate, kPrecharge, kRead, kWrite, kKinds, kRare = kKinds };
  using Due = std::array<Cycle, kKinds>;  ///< plus kShift
  struct Bank {
    Due due{};
    Last last{};
  };
  struct Rank {
    Due due{};
    Last last{};                ///< of any of its banks
    Last last_others{};         ///< of column commands to any other rank
    std::uint64_t closing = 0;  ///< banks that were closed by auto-precharge, a bit each
  };

  static Kind kind_of(DramCommand command) {
    if (is_column(command)) {
      return is_read(command) ? kRead : kWrite;
    }
    if (command == DramCommand::activate) {
      return kActivate;
    }
    return command == DramCommand::precharge ? kPrecharge : kRare;
  }
  static void raise(Due& due, const Due& distances, Cycle now) {
    for (std::size_t kind = 0; kind < kKinds; ++kind) {
      due[kind] = std::max(due[kind], now + distances[kind]);
    }
  }
  static std::size_t slot_of(const JedecDemand& demand) {
    return demand.is_fourth ? kActivates : static_cast<std::size_t>(demand.earlier);
  }
  void keep_distances(DramCommand command);
  /// Not inline: its loop would take the registers of record(), which is called for each command.
  [[gnu::noinline]] void delay_other_ranks(const CommandIssued& event);
  /// Which banks close by themselves, and the last four ACT.
  void keep_banks(Rank& rank, const CommandIssued& event) const {
    const std::uint64_t bit = std::uint64_t{1} << event.place.bank;
    if (event.command == DramCommand::activate) {
      rank.closing &= ~bit;
      std::move(rank.last.begin() + kActivates + 1, rank.last.end(),
                rank.last.begin() + kActivates);
      rank.last.back() = event.cycle + kShift;
      rank.due[kActivate] = std::max(rank.due[kActivate], rank.last[kActivates] + timing_.faw);
    } else if (is_column(event.command)) {
      rank.closing |= bit;
    }
  }
  /// An auto-precharge waits for tRAS, and delays what needs closed banks.
  void add_auto_precharges(const CommandIssued& event, std::vector<Early>& early) const;

  Bank& bank_of(const DramPlace& place) { return banks_[number_of_bank(place)]; }
  const Bank& bank_of(const DramPlace& place) const { return banks_[number_of_bank(place)]; }

  Ddr3TimingParams timing_;
  std::uint32_t banks_of_rank_;
  std::array<std::vector<JedecDemand>, kDramCommands> demands_;
  /// tCK from a command to those of each kind, by JedecScope; 0: any.
  std::array<std::array<Due, kJedecScopes>, kDramCommands> distances_{};
  std::vector<Bank> banks_;  ///< of all ranks
  std::vector<Rank> ranks_;
  Cycle longest_ = 0;  ///< no command forbids another for longer
};

}  // namespace airnn
