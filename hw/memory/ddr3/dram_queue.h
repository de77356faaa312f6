// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/memory/ddr3/dram_events.h"

namespace airnn {

/// A request in a queue of a channel.
struct QueuedRequest {
  std::uint64_t id = 0;
  std::uint64_t age = 0;  ///< ascends with the order of acceptance
  Cycle arrival = 0;
  std::uint32_t bank = 0;  ///< over all ranks
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  RowOutcome outcome = RowOutcome::hit;
};

/// The waiting requests of one direction, in the order of acceptance for each bank, and for each
/// bank the oldest that goes to the open row.
class DramQueue {
 public:
  using Index = std::int32_t;
  static constexpr Index kNone = -1;

  DramQueue(std::uint32_t depth, std::uint32_t banks);

  std::uint32_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  /// Bit b: requests for bank b wait.
  std::uint64_t banks() const { return banks_waiting_; }
  QueuedRequest& at(Index index) { return slots_[static_cast<std::size_t>(index)].request; }
  const QueuedRequest& at(Index index) const {
    return slots_[static_cast<std::size_t>(index)].request;
  }

  Index oldest(std::uint32_t bank) const { return lists_[bank].first; }
  /// The oldest request of the bank that goes to its open row.
  Index oldest_hit(std::uint32_t bank) const { return lists_[bank].hit; }
  /// A request for this burst.
  Index find(std::uint32_t bank, std::uint32_t row, std::uint32_t column) const;
  /// A request of the bank, other than `except`, goes (or does not go) to this row.
  bool any_to_row(std::uint32_t bank, std::uint32_t row, Index except) const;
  bool any_to_other_row(std::uint32_t bank, std::uint32_t row) const;

  /// The queue must not be full. `open`: the request goes to the open row of its bank.
  void push(const QueuedRequest& request, bool open);
  void remove(Index index);
  void row_opened(std::uint32_t bank, std::uint32_t row);
  void row_closed(std::uint32_t bank) { lists_[bank].hit = kNone; }

 private:
  struct Slot {
    QueuedRequest request;
    Index next = kNone;
    Index previous = kNone;
  };
  struct List {
    Index first = kNone;
    Index last = kNone;
    Index hit = kNone;
  };

  const Slot& slot(Index index) const { return slots_[static_cast<std::size_t>(index)]; }
  Slot& slot(Index index) { return slots_[static_cast<std::size_t>(index)]; }
  Index hit_from(Index index, std::uint32_t row) const;

  std::vector<Slot> slots_;
  std::vector<Index> free_;
  std::vector<List> lists_;
  std::uint64_t banks_waiting_ = 0;
  std::uint32_t size_ = 0;
};

}  // namespace airnn
