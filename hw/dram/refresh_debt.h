// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/common/cycle.h"

namespace airnn {

/// How many refreshes a rank owes: one more every tREFI, one less with each REF. JESD79-3 lets a
/// controller owe or be ahead by up to eight.
class RefreshDebt {
 public:
  struct Params {
    bool enabled = true;
    Cycle interval = 6240;
    std::int32_t max_postponed = 0;
    std::int32_t max_pulled_in = 0;
    /// With all eight postponed, so long before the ninth falls due the rank must begin.
    Cycle guard = 0;
  };

  RefreshDebt(const Params& params, Cycle first_due)
      : params_(params), next_due_(params.enabled ? first_due : kNever) {}

  /// What has fallen due until `cycle` (included) is owed.
  void advance(Cycle cycle) {
    while (next_due_ <= cycle) {
      ++owed_;
      next_due_ += params_.interval;
    }
  }
  /// In a cycle up to which advance() was called.
  bool must(Cycle cycle) const {
    return owed_ > params_.max_postponed || (is_guarded() && cycle + params_.guard >= next_due_);
  }
  bool owes() const { return owed_ > 0; }
  bool may_pull_in() const { return params_.enabled && owed_ > -params_.max_pulled_in; }
  /// The next cycle in which must() or owes() may change without a REF.
  Cycle next_change(Cycle cycle) const {
    if (is_guarded() && cycle + params_.guard < next_due_) {
      return next_due_ - params_.guard;
    }
    return next_due_;
  }

  void refreshed() { --owed_; }
  /// Nothing falls due while the rank refreshes itself.
  void self_refresh_entered() { next_due_ = kNever; }
  void self_refresh_left(Cycle cycle) {
    if (params_.enabled) {
      owed_ = 1;
      next_due_ = cycle + params_.interval;
    }
  }
  void restart(Cycle first_due) {
    owed_ = 0;
    next_due_ = params_.enabled ? first_due : kNever;
  }

 private:
  static constexpr std::int32_t kMostPostponed = 8;

  bool is_guarded() const {
    return params_.max_postponed == kMostPostponed && owed_ == kMostPostponed;
  }

  Params params_;
  std::int32_t owed_ = 0;
  Cycle next_due_;
};

}  // namespace airnn
