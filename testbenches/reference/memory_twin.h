// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/common/cycle.h"
#include "testbenches/support/memory_schedule.h"

namespace airnn::test {

/// What a memory does with reads, in cycles. A read that is requested in t frees the request
/// channel in `channel_free` and has its data in the stream buffer in `complete`.
class MemoryTwin {
 public:
  struct Fate {
    Cycle channel_free = 0;
    Cycle complete = 0;
  };

  virtual ~MemoryTwin() = default;
  virtual Fate read(Cycle t) = 0;
  /// Some read that was requested before or in t is not complete in t.
  bool pending(Cycle t) const;

 protected:
  std::vector<Cycle> requests_;
  std::vector<Cycle> completions_;
};

/// docs/timing.md, "Flat memory".
class FlatMemoryTwin final : public MemoryTwin {
 public:
  FlatMemoryTwin(Cycle latency, Cycle interval) : latency_(latency), interval_(interval) {}
  Fate read(Cycle t) override;

 private:
  Cycle latency_;
  Cycle interval_;
};

/// A memory that answers as a schedule says.
class ScheduledMemoryTwin final : public MemoryTwin {
 public:
  explicit ScheduledMemoryTwin(const MemorySchedule& schedule) : schedule_(schedule) {}
  Fate read(Cycle t) override;

 private:
  MemorySchedule schedule_;
};

}  // namespace airnn::test
