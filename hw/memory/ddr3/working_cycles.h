// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "hw/common/activity.h"

namespace airnn {

/// The fabric cycles in which a memory works: from the first request until nothing is under way.
/// Requests and responses may be told ahead of their cycles, each kind in their order.
class WorkingCycles {
 public:
  /// A request at this cycle.
  void request(Cycle cycle) { begins_.push_back(cycle); }
  /// A response at this cycle, of a request that was told. The stretch that ends with it, if it
  /// leaves nothing under way.
  std::optional<CyclesSpent> response(Cycle cycle);
  bool idle() const { return begins_.empty() && under_way_ == 0; }

  /// For StateWriter and StateReader, while idle.
  template <typename Visitor>
  void visit(Visitor& visitor) {
    visitor.bound(counted_until_);
  }

 private:
  std::deque<Cycle> begins_;  ///< of requests, until a response counts them as under way
  std::uint32_t under_way_ = 0;
  Cycle since_ = 0;
  Cycle counted_until_ = 0;
};

}  // namespace airnn
