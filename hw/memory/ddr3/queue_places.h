// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>

#include "hw/common/cycle.h"

namespace airnn {

/// The places of one of the channel's queues as the fabric sees them: one that is given back comes
/// over the crossing, and can be taken from a known fabric cycle on.
class QueuePlaces {
 public:
  explicit QueuePlaces(std::uint32_t places) : places_(places), free_(places) {}

  /// Takes a place in cycle t; false if none is free by then. Cycles never go back.
  bool take(Cycle t);
  /// Counts those as free that are back in cycle t.
  void pass(Cycle t);
  /// A place comes back in this cycle; not before those that are coming.
  void comes_back(Cycle t) { coming_.push_back(t); }
  /// When the next one is back; kNever: none is coming.
  Cycle next() const { return coming_.empty() ? kNever : coming_.front(); }
  /// Every place is free, whatever is coming.
  bool all_free() const { return free_ == places_; }

  /// Names each member once, for StateWriter and StateReader.
  template <typename Visitor>
  void visit(Visitor& visitor) {
    visitor.number(free_);
    std::size_t coming = coming_.size();
    visitor.number(coming);
    coming_.resize(coming);
    for (Cycle& cycle : coming_) {
      visitor.bound(cycle);
    }
  }

 private:
  const std::uint32_t places_;
  std::uint32_t free_;
  std::deque<Cycle> coming_;
};

}  // namespace airnn
