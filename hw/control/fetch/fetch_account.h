// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "hw/common/cycle.h"

namespace airnn {

/// The cycles in which fetches work, and those in which they could only wait for a credit.
class FetchAccount {
 public:
  struct Cycles {
    Cycle working = 0;
    Cycle blocked = 0;  ///< a beat was refused, and no read was issued
  };

  bool is_blocked() const { return blocked_since_.has_value(); }
  /// A beat is refused in cycle t.
  void refuse(Cycle t) {
    if (!is_blocked()) {
      blocked_since_ = t;
      worked_while_blocked_ = 0;
    }
  }
  /// A beat is sent in cycle t.
  void send(Cycle t) {
    close(t);
    blocked_since_.reset();
  }
  /// Something is done in a cycle, or in so many.
  void work(Cycle cycles = 1) {
    cycles_.working += cycles;
    worked_while_blocked_ += cycles;
  }
  /// What was refused is not wanted any more.
  void give_up() { blocked_since_.reset(); }

  /// What was spent before cycle t since it was asked for last.
  Cycles take(Cycle t) {
    close(t);
    const Cycles cycles = cycles_;
    cycles_ = {};
    return cycles;
  }

 private:
  void close(Cycle t) {
    if (is_blocked()) {
      cycles_.blocked += t - *blocked_since_ - worked_while_blocked_;
      blocked_since_ = t;
      worked_while_blocked_ = 0;
    }
  }

  Cycles cycles_;
  std::optional<Cycle> blocked_since_;
  Cycle worked_while_blocked_ = 0;
};

}  // namespace airnn
