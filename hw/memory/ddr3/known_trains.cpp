// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/known_trains.h"

#include <algorithm>

namespace airnn {

const KnownTrain* KnownTrains::find(const MemoryState& state,
                                    const std::vector<TimedRead>& reads) const {
  for (const KnownTrain& train : trains_) {
    if (train.reads.size() == reads.size() && goes_alike(train.reads.front(), reads.front()) &&
        train.before == state &&
        std::equal(reads.begin(), reads.end(), train.reads.begin(), goes_alike)) {
      return &train;
    }
  }
  return nullptr;
}

void KnownTrains::watch(MemoryState state, Cycle fabric, Cycle ddr) {
  watching_ = known_reads_ < most_reads_;
  fabric_ = fabric;
  ddr_ = ddr;
  train_ = KnownTrain();
  train_.before = std::move(state);
  stretch_.events.clear();
  quiet_reads_ = quiet_events_ = 0;
  under_way_.clear();
}

void KnownTrains::requested(const void* read, Cycle cycle, std::uint64_t address) {
  under_way_.emplace_back(read, train_.reads.size());
  train_.reads.push_back({cycle - fabric_, 0, address, nullptr});
  watching_ = has_room();
}

void KnownTrains::responded(const void* read, Cycle cycle) {
  const auto it = std::find_if(under_way_.begin(), under_way_.end(),
                               [read](const auto& one) { return one.first == read; });
  train_.reads[it->second].completion = cycle - fabric_;
  under_way_.erase(it);
}

void KnownTrains::issued(CommandIssued event) {
  event.cycle -= ddr_;
  stretch_.events.emplace_back(event);
}

void KnownTrains::served(RequestServed event) {
  event.arrival -= ddr_;
  event.complete -= ddr_;
  stretch_.events.emplace_back(event);
}

void KnownTrains::spent(CyclesSpent event) {
  event.until -= fabric_;
  train_.spent.push_back(event);
}

void KnownTrains::quiet(MemoryState state) {
  train_.after = std::move(state);
  quiet_reads_ = train_.reads.size();
  quiet_events_ = stretch_.events.size();
}

void KnownTrains::stop() {
  const bool is_whole = watching_ && quiet_reads_ > 0 && quiet_reads_ == train_.reads.size();
  watching_ = false;
  if (!is_whole || find(train_.before, train_.reads) != nullptr) {
    return;
  }
  stretch_.events.resize(quiet_events_);
  stretch_.events.shrink_to_fit();
  train_.told = std::make_shared<const DramStretch>(std::move(stretch_));
  stretch_ = DramStretch();
  known_reads_ += train_.reads.size();
  trains_.push_back(std::move(train_));
}

}  // namespace airnn
