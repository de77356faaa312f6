// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

#include "hw/common/cycle.h"

namespace airnn {

/// How many refreshes a rank owes: one more every tREFI, one less with each REF. JESD79-3 lets a
/// controller owe or be ahead by up to eight, with at most nine tREFI between two REF.
class RefreshDebt {
 public:
  struct Params {
    bool enabled = true;
    Cycle interval = 6240;
    std::int32_t max_postponed = 0;
    std::int32_t max_pulled_in = 0;
    /// So long before the ninth interval is over, or a ninth REF would be owed, a rank must begin.
    Cycle guard = 0;
  };

  RefreshDebt(const Params& params, Cycle begin) : params_(params) { restart(begin); }

  /// What has fallen due until `cycle` (included) is owed.
  void advance(Cycle cycle) {
    while (next_due_ <= cycle) {
      ++owed_;
      next_due_ += params_.interval;
      set_latest();
    }
  }
  /// In a cycle up to which advance() was called.
  bool must(Cycle cycle) const { return owed_ > params_.max_postponed || cycle >= latest_; }
  bool owes() const { return owed_ > 0; }
  bool may_pull_in() const { return params_.enabled && owed_ > -params_.max_pulled_in; }
  /// The next cycle in which must() or owes() may change without a REF.
  Cycle next_change(Cycle cycle) const {
    return cycle < latest_ ? std::min(next_due_, latest_) : next_due_;
  }

  void refreshed(Cycle cycle) {
    --owed_;
    last_ = cycle;
    set_latest();
  }
  /// Nothing falls due while the rank refreshes itself.
  void self_refresh_entered() { next_due_ = latest_ = kNever; }
  void self_refresh_left(Cycle cycle) {
    restart(cycle);
    owed_ = params_.enabled ? 1 : 0;
  }
  /// Nothing is owed; the first falls due an interval after `begin`.
  void restart(Cycle begin) {
    owed_ = 0;
    next_due_ = params_.enabled ? begin + params_.interval : kNever;
    last_ = begin;
    set_latest();
  }

  /// Writes or restores what changes (StateList), in a cycle up to which advance() was called.
  template <typename Visitor>
  void visit(Visitor& visitor) {
    visitor.number(owed_);
    visitor.moment(last_);
    visitor.moment(next_due_);
    visitor.moment(latest_);
  }

 private:
  static constexpr Cycle kMostIntervals = 9;
  static constexpr std::int32_t kMostOwed = 8;

  void set_latest() {
    latest_ = kNever;
    if (params_.enabled) {
      const Cycle interval_end = last_ + kMostIntervals * params_.interval;
      latest_ =
          (owed_ == kMostOwed ? std::min(interval_end, next_due_) : interval_end) - params_.guard;
    }
  }

  Params params_;
  std::int32_t owed_ = 0;
  Cycle last_ = 0;  ///< REF, or the begin
  Cycle next_due_ = kNever;
  Cycle latest_ = kNever;  ///< a rank must begin with its next REF
};

}  // namespace airnn
