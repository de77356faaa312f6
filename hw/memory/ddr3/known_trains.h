// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "hw/common/activity.h"
#include "hw/common/read_train.h"
#include "hw/common/replay.h"
#include "hw/memory/ddr3/dram_events.h"
#include "hw/memory/ddr3/state_list.h"

namespace airnn {

/// All that can differ about a memory between two requests, but for its bytes.
struct MemoryState {
  StateList shell;    ///< cycles of the fabric from the train's begin on
  StateList channel;  ///< tCK from the first one on that the train can reach

  bool operator==(const MemoryState& other) const {
    return shell == other.shell && channel == other.channel;
  }
};

/// A train of reads as it begins: what a memory does follows from it.
struct TrainBegin {
  MemoryState before;
  std::vector<TimedRead> reads;  ///< without bytes
};
/// The same where it lies.
struct TrainBeginView {
  const MemoryState& before;
  const std::vector<TimedRead>& reads;
};
/// Any order, and bytes do not count.
struct TrainOrder {
  using is_transparent = void;
  bool operator()(const TrainBegin& a, const TrainBegin& b) const { return less(view(a), view(b)); }
  bool operator()(const TrainBeginView& a, const TrainBegin& b) const { return less(a, view(b)); }
  bool operator()(const TrainBegin& a, const TrainBeginView& b) const { return less(view(a), b); }

 private:
  static TrainBeginView view(const TrainBegin& begin) { return {begin.before, begin.reads}; }
  static bool less(const TrainBeginView& a, const TrainBeginView& b);
};

/// How a memory went on through a train of reads.
struct KnownTrain {
  MemoryState after;
  std::vector<CyclesSpent> spent;
  std::shared_ptr<const DramStretch> told;
};

/// Watches how fetches go and keeps what it saw. A memory without requests does the same whenever
/// it is in the same state and the same requests come in the same cycles, so a fetch that goes as a
/// known one needs not be gone through again.
class KnownTrains {
 public:
  /// `most_reads`: of all known trains together; what comes when there are so many is not kept.
  explicit KnownTrains(std::size_t most_reads) : trains_("trains of DRAM reads", most_reads) {}

  /// The train with these reads that begins in this state; null if there is none.
  const KnownTrain* find(const MemoryState& state, const std::vector<TimedRead>& reads) {
    return trains_.find(TrainBeginView{state, reads});
  }

  /// The same for reads that come again and again: they are looked at once.
  const KnownTrain* find(const MemoryState& state, const KeptReads& reads);

  /// A fetch begins that may come again: in cycle `fabric`, told from `ddr` (tCK) on.
  void watch(MemoryState state, Cycle fabric, Cycle ddr);
  bool watching() const { return watching_; }
  Cycle begin() const { return fabric_; }  ///< of what is watched
  Cycle begin_ddr() const { return ddr_; }
  /// While watching: what happens. `read` is a name for the time it is under way.
  void requested(const void* read, Cycle cycle, std::uint64_t address);
  void responded(const void* read, Cycle cycle);
  void issued(CommandIssued event);
  void served(RequestServed event);
  void spent(CyclesSpent event);
  /// No request is under way. If no more come, this is how the train ended.
  void quiet(MemoryState state);
  /// The fetch is over; what came since the last quiet() does not belong to it.
  void stop();
  /// What is watched need not go the same way again.
  void abandon() { watching_ = false; }

 private:
  /// Found for some reads.
  struct Found {
    MemoryState before;
    const KnownTrain* train;
  };

  Replay<TrainBegin, KnownTrain, TrainOrder> trains_;
  Replay<KeptReads, std::vector<Found>> found_{"trains found for reads", kMostContents};
  bool watching_ = false;
  Cycle fabric_ = 0;
  Cycle ddr_ = 0;
  TrainBegin begin_;  ///< of the train that is watched
  KnownTrain train_;  ///< likewise
  DramStretch stretch_;
  std::size_t quiet_reads_ = 0;   ///< so many there were at the last quiet(),
  std::size_t quiet_events_ = 0;  ///< and so many events
  std::vector<std::pair<const void*, std::size_t>> under_way_;  ///< and its index
};

}  // namespace airnn
