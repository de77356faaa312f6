// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "hw/memory/ddr3/ddr3_rules.h"

namespace airnn {

/// The one engine for all rules: from which cycle on each command is legal in each bank, given the
/// commands so far. Knows nothing of rows and states.
class Ddr3Timing {
 public:
  Ddr3Timing(const std::vector<Ddr3Rule>& rules, std::uint32_t ranks, std::uint32_t banks);

  /// First cycle in which no rule forbids `command`. `bank` counts over all ranks
  /// (rank * banks + bank); of a command to a rank it is any bank of it.
  Cycle earliest(DramCommand command, std::uint32_t bank) const {
    const auto index = static_cast<std::size_t>(command);
    const Cycle of_bank = is_to_bank(command) ? by_bank_[bank][index] : 0;
    const Cycle of_rank = by_rank_[rank_of_[bank]][index];
    return of_bank > of_rank ? of_bank : of_rank;
  }
  void record(DramCommand command, std::uint32_t bank, Cycle cycle);

  /// Writes or restores what is forbidden from the visitor's origin on (StateList).
  template <typename Visitor>
  void visit(Visitor& visitor) {
    for (std::vector<Earliest>* all : {&by_bank_, &by_rank_}) {
      for (Earliest& earliest : *all) {
        for (Cycle& legal : earliest) {
          visitor.bound(legal);
        }
      }
    }
    for (std::array<History, kDramCommands>& of_rank : histories_) {
      for (std::size_t command = 0; command < kDramCommands; ++command) {
        if (!bounds_[command].windows.empty()) {
          visit_history(visitor, of_rank[command], longest_window(bounds_[command]));
        }
      }
    }
  }

 private:
  struct Bound {
    std::uint8_t to;
    std::uint32_t cycles;
  };
  struct Window {
    std::uint8_t to;
    std::uint32_t cycles;
    std::uint32_t count;
  };
  /// What a command forbids, by scope.
  struct Bounds {
    std::vector<Bound> same_bank;
    std::vector<Bound> same_rank;
    std::vector<Bound> other_rank;
    std::vector<Window> windows;  ///< of the rank, over several commands of the kind
  };
  using Earliest = std::array<Cycle, kDramCommands>;
  static constexpr std::size_t kHistory = 8;
  /// Cycles of the last commands of one kind in a rank, in a ring.
  struct History {
    std::array<Cycle, kHistory> cycles{};
    std::uint64_t count = 0;
  };

  static std::uint32_t longest_window(const Bounds& bounds) {
    std::uint32_t longest = 0;
    for (const Window& window : bounds.windows) {
      longest = std::max(longest, window.cycles);
    }
    return longest;
  }
  /// The oldest command first. One whose windows are over is as good as none.
  template <typename Visitor>
  static void visit_history(Visitor& visitor, History& history, std::uint32_t longest) {
    History visited = history;
    for (std::size_t i = 0; i < kHistory; ++i) {
      const std::size_t at = (history.count + i) % kHistory;
      Cycle end = history.count + i < kHistory ? 0 : history.cycles[at] + longest;
      visitor.bound(end);
      if (Visitor::kRestores) {
        visited.cycles[i] = end - std::min<Cycle>(end, longest);
        visited.count = kHistory;
      }
    }
    history = visited;
  }

  static void raise(Earliest& earliest, const std::vector<Bound>& bounds, Cycle cycle) {
    for (const Bound& bound : bounds) {
      Cycle& legal = earliest[bound.to];
      const Cycle from = cycle + bound.cycles;
      legal = from > legal ? from : legal;
    }
  }

  std::array<Bounds, kDramCommands> bounds_;
  std::vector<Earliest> by_bank_;
  std::vector<Earliest> by_rank_;
  std::vector<std::uint32_t> rank_of_;                         ///< by bank
  std::vector<std::array<History, kDramCommands>> histories_;  ///< by rank
};

}  // namespace airnn
