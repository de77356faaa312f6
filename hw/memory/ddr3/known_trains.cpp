// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/known_trains.h"

#include <algorithm>
#include <tuple>

namespace airnn {

bool TrainOrder::less(const TrainBeginView& a, const TrainBeginView& b) {
  if (a.reads.size() != b.reads.size()) {
    return a.reads.size() < b.reads.size();
  }
  const auto [one, other] =
      std::mismatch(a.reads.begin(), a.reads.end(), b.reads.begin(), goes_alike);
  if (one != a.reads.end()) {
    return std::tie(one->address, one->cycle, one->completion) <
           std::tie(other->address, other->cycle, other->completion);
  }
  return std::tie(a.before.shell, a.before.channel) < std::tie(b.before.shell, b.before.channel);
}

const KnownTrain* KnownTrains::find(const MemoryState& state, const KeptReads& reads) {
  std::vector<Found>* found = found_.find(reads);
  const KnownTrain* train = nullptr;
  if (found != nullptr) {
    const auto same = std::find_if(found->begin(), found->end(),
                                   [&state](const Found& one) { return one.before == state; });
    train = same == found->end() ? nullptr : same->train;
  }
  if (train != nullptr && !found_.checks()) {
    return train;
  }
  const KnownTrain* const looked_up = find(state, *reads);
  if (train != nullptr) {
    found_.check(train == looked_up);
  } else if (looked_up != nullptr) {
    found = found != nullptr ? found : found_.keep(reads, {});
    if (found != nullptr) {
      found->push_back({state, looked_up});
    }
  }
  return looked_up;
}

void KnownTrains::watch(MemoryState state, Cycle fabric, Cycle ddr) {
  watching_ = trains_.has_room();
  fabric_ = fabric;
  ddr_ = ddr;
  train_ = KnownTrain();
  begin_ = {std::move(state), {}};
  stretch_.events.clear();
  quiet_reads_ = quiet_events_ = 0;
  under_way_.clear();
}

void KnownTrains::requested(const void* read, Cycle cycle, std::uint64_t address) {
  under_way_.emplace_back(read, begin_.reads.size());
  begin_.reads.push_back({cycle - fabric_, 0, address, nullptr});
  watching_ = trains_.has_room(begin_.reads.size());
}

void KnownTrains::responded(const void* read, Cycle cycle) {
  const auto it = std::find_if(under_way_.begin(), under_way_.end(),
                               [read](const auto& one) { return one.first == read; });
  begin_.reads[it->second].completion = cycle - fabric_;
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
  quiet_reads_ = begin_.reads.size();
  quiet_events_ = stretch_.events.size();
}

void KnownTrains::stop() {
  const bool is_whole = watching_ && quiet_reads_ > 0 && quiet_reads_ == begin_.reads.size();
  watching_ = false;
  if (!is_whole || trains_.peek(begin_) != nullptr) {
    return;
  }
  stretch_.events.resize(quiet_events_);
  stretch_.events.shrink_to_fit();
  train_.told = std::make_shared<const DramStretch>(std::move(stretch_));
  stretch_ = DramStretch();
  const std::size_t reads = begin_.reads.size();
  trains_.keep(begin_, std::move(train_), reads);
}

}  // namespace airnn
