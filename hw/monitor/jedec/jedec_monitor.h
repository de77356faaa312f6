// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hw/common/replay.h"
#include "hw/memory/ddr3/ddr3_part.h"
#include "hw/memory/ddr3/dram_events.h"
#include "hw/memory/ddr3/state_list.h"
#include "hw/monitor/jedec/jedec_history.h"

namespace airnn {

/// A command that breaks a rule of JESD79-3 (P12).
struct JedecViolation {
  const char* rule;    ///< e.g. "tRCD"
  CommandIssued seen;  ///< with cycle and place
  std::string why;     ///< "after ACT in 0, due in 11" or what is wrong with the state

  /// "tRCD: RD to rank 0 bank 0 row 0 column 8 seen in tCK 10: after ACT in 0, due in 11".
  std::string text() const;
};

/// Watches the commands of a DDR3 channel and reports every rule of JESD79-3 that they break:
/// distances of commands, states of ranks and banks, refreshes. Shares nothing with the controller
/// but the types of its events and of the part's data sheet. After a violation the command counts
/// as done.
class JedecMonitor final : public DramListener {
 public:
  using Report = std::function<void(const JedecViolation&)>;

  /// `refreshes` is false if the controller is told not to refresh: then that is no violation.
  /// `report` may throw; the command then does not count.
  JedecMonitor(const Ddr3TimingParams& timing, const Ddr3Geometry& geometry, bool refreshes,
               Report report);

  /// In the order of the bus.
  void issued(const CommandIssued& event) override;
  void served(const RequestServed&) override {}
  /// Commands that came before are not looked at again where they meet the same history.
  void replayed(const DramReplay& replay) override;

  /// The channel settles: until restart(), a REF does not count as pulled in.
  void settle() { settling_ = true; }
  /// Nothing comes before `at`, from where refreshes fall due anew: the first of rank r
  /// tREFI * (1 + r / ranks) later.
  void restart(Cycle at);
  /// Nothing follows before `end`: refreshes may be missing.
  void finish(Cycle end);

 private:
  static constexpr std::uint32_t kClosed = ~std::uint32_t{0};
  struct Rank {
    std::uint64_t open = 0;  ///< a bit per bank
    std::uint8_t power = 0;  ///< kPoweredDown, kSelfRefresh
    Cycle refreshed = 0;     ///< REF or SRX, or the start
    Cycle next_due = 0;      ///< one more refresh is owed from here
    std::int64_t owed = 0;
    bool needs_refresh = false;  ///< none since SRX
  };
  static constexpr std::size_t kMostKnown = 256;
  static constexpr std::uint8_t kPoweredDown = 1;
  static constexpr std::uint8_t kSelfRefresh = 2;

  /// The histories before and behind a stretch of commands that were in order.
  struct Known {
    StateList before;
    StateList behind;
  };

  /// What of the history can still forbid a command in `origin` or later, counted from there.
  void save(StateList& list, Cycle origin) const;
  void restore(const StateList& list, Cycle origin);

  bool place_exists(const DramPlace& place) const {
    return place.rank < geometry_.ranks && place.bank < geometry_.banks &&
           place.row < geometry_.rows && place.column < geometry_.columns && place.column % 8 == 0;
  }
  std::uint32_t& row_of(const DramPlace& place) { return rows_[history_.number_of_bank(place)]; }
  std::uint32_t row_of(const DramPlace& place) const {
    return rows_[history_.number_of_bank(place)];
  }
  bool is_good_column(const CommandIssued& event) const;
  void examine(const CommandIssued& event);
  bool place_fits(const CommandIssued& event) const;
  bool state_allows(const CommandIssued& event) const;
  void record(const CommandIssued& event);
  void change_state(const CommandIssued& event);
  void change_refresh(const CommandIssued& event);
  void check_overdue(Rank& rank, const CommandIssued& event);

  void report(const char* rule, const CommandIssued& event, std::string why) const;
  void report_early(const CommandIssued& event) const;
  std::string state_of(const CommandIssued& event) const;

  Ddr3TimingParams timing_;
  Ddr3Geometry geometry_;
  bool refreshes_;
  bool settling_ = false;
  Report report_;
  JedecHistory history_;
  std::vector<std::uint32_t> rows_;  ///< that are open, by rank and bank
  std::vector<Rank> ranks_;
  Cycle next_cycle_ = 0;
  mutable std::uint64_t reports_ = 0;
  Replay<std::shared_ptr<const DramStretch>, Known> known_{"stretches in order", kMostKnown};
  StateList present_;  ///< kept for its memory
};

}  // namespace airnn
