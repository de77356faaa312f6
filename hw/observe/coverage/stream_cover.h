// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <vector>

#include "hw/common/cycle.h"
#include "sw/results/coverage/coverage.h"

namespace airnn {

/// Covers the items of one stream by their cycles alone, so that a train is covered as its items
/// would be one by one.
class StreamCover {
 public:
  StreamCover(CoverStream stream, unsigned slots) : stream_(stream), slots_(slots) {}

  /// An item takes its slot in `begin` and arrives in `arrival`.
  void sent(Cycle begin, Cycle arrival) { waiting_.push_back({begin, arrival}); }
  /// The oldest of these is taken; its slot is back one cycle later.
  void taken(Cycle cycle, Coverage& coverage);
  /// Arrivals of items that were not taken at once, since the last call.
  std::vector<Cycle> take_stalls() { return std::move(stalls_); }
  CoverStream stream() const { return stream_; }

 private:
  struct Item {
    Cycle begin;
    Cycle arrival;
  };

  const CoverStream stream_;
  const unsigned slots_;
  std::deque<Item> waiting_;
  std::deque<Cycle> back_;  ///< cycles in which slots of earlier items are back, ascending
  std::vector<Cycle> stalls_;
};

}  // namespace airnn
