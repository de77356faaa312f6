// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "hw/memory/ddr3/ddr3_part.h"
#include "hw/memory/ddr3/dram_events.h"

namespace airnn::test {

/// What a rule of JESD79-3 says to a command: after `earlier` in cycle `at`, not before `due`.
struct Ddr3Demand {
  const char* rule;
  DramCommand earlier;
  Cycle at;
  Cycle due;
};

/// The commands that a channel has seen, as far as rules ask for them: of each kind and bank the
/// last, and the last four ACT of a rank. Every question is answered from these by the formulas of
/// the standard, nothing is computed ahead.
class Ddr3History {
 public:
  Ddr3History(const Ddr3TimingParams& timing, const Ddr3Geometry& geometry);

  void record(const CommandIssued& event);

  /// Why a command makes no sense in the present state of its bank or rank; empty if it does.
  std::string forbidden(DramCommand command, const DramPlace& place) const;
  /// All demands on a command that is not forbidden.
  std::vector<Ddr3Demand> demands(DramCommand command, const DramPlace& place) const;
  /// Not forbidden, and nothing is due later than in `cycle`.
  bool legal(DramCommand command, const DramPlace& place, Cycle cycle) const;

  std::optional<std::uint32_t> open_row(std::uint32_t rank, std::uint32_t bank) const;
  /// A bank with running auto-precharge is not open.
  bool any_open(std::uint32_t rank) const;
  bool powered_down(std::uint32_t rank) const { return ranks_[rank].powered_down; }
  bool self_refreshing(std::uint32_t rank) const { return ranks_[rank].self_refreshing; }

 private:
  using LastCycles = std::array<Cycle, kDramCommands>;  ///< kNever: not yet

  struct Bank {
    LastCycles last;
    std::optional<std::uint32_t> open_row;
    bool auto_precharged = false;  ///< that is what closed it
  };
  struct Rank {
    LastCycles last;
    std::vector<Bank> banks;
    std::vector<Cycle> activates;  ///< the last four, oldest first
    bool powered_down = false;
    bool self_refreshing = false;
  };

  template <typename Visit>
  void each_demand(DramCommand command, const DramPlace& place, Visit visit) const;
  /// The last command of a kind to any bank of a rank, or to the rank.
  static Cycle last_of(const Rank& rank, DramCommand command);

  Ddr3TimingParams timing_;
  std::vector<Rank> ranks_;
};

}  // namespace airnn::test
