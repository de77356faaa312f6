// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/rules/flow_rule.h"

#include <algorithm>
#include <string>

#include "sw/format/unit_names.h"

namespace airnn {

namespace {

const char* name_of(FetchStream stream) {
  static const char* const names[] = {"value", "column", "row", "layer"};
  return names[static_cast<std::size_t>(stream)];
}

}  // namespace

FlowRule::FlowRule(const RuleReporter& reporter, const RunningGroup& group,
                   const MemoryImage& image, const WeightDecoder& decoder, const BurstMap& map,
                   const TrainMemory& trains, const FlowLimits& limits)
    : reporter_(reporter),
      group_(group),
      image_(image),
      decoder_(decoder),
      map_(map),
      trains_(trains),
      limits_(limits),
      known_(static_cast<std::size_t>(image.info().iterations) + 1),
      releases_(known_.size()) {}

void FlowRule::begin(std::uint32_t batch) {
  batch_ = batch < releases_.size() ? batch : 0;
  reads_.clear();
  sent_.clear();
  train_begin_ = kNever;
  reads_known_ = sent_known_ = false;
}

void FlowRule::entered(const StateEntered& next) {
  if (next.state == ControllerState::drain) {
    check_buffers();
    begin(0);
  } else if (next.state == ControllerState::compute) {
    if (batch_ <= next.iteration) {
      begin(next.iteration + 1);  // which may come early
    }
  } else if (next.state == ControllerState::fetch_batch && batch_ != next.iteration) {
    begin(next.iteration);
  } else if (next.state == ControllerState::finish && group_.ends()) {
    begin(0);
  }
}

void FlowRule::begin_read(std::uint64_t address, Cycle cycle) {
  while (!completions_.empty() && completions_.front() <= cycle) {
    completions_.pop_front();
  }
  const std::size_t in_flight = completions_.size() + unanswered_ + 1;
  if (in_flight > limits_.outstanding_reads) {
    reporter_.report(Rule::p13, kControllerName, cycle,
                     std::to_string(in_flight) + " reads in flight",
                     "at most " + std::to_string(limits_.outstanding_reads));
  }
  ++unanswered_;
  const std::uint64_t burst = address / kBurstBytes;
  if (batch_ != 0 && burst < map_.size() && map_[burst].fetch == batch_fetch(batch_)) {
    reads_.push_back({cycle, map_[burst].stream});
  }
}

void FlowRule::end_read(Cycle cycle) {
  unanswered_ -= unanswered_ > 0 ? 1 : 0;
  if (completions_.empty() || completions_.back() <= cycle) {
    completions_.push_back(cycle);
  } else {
    completions_.insert(std::upper_bound(completions_.begin(), completions_.end(), cycle), cycle);
  }
}

void FlowRule::request(const BusRequest& request) {
  begin_read(request.address, request.cycle);
}

void FlowRule::response(const BusResponse& response) {
  end_read(response.cycle);
}

void FlowRule::train(FetchId id, const BusTrain& train, const TrainMemory::Seen& seen) {
  const bool is_first = reads_.empty() && sent_.empty() && !reads_known_ && unanswered_ == 0 &&
                        (completions_.empty() || completions_.back() <= train.begin);
  const bool is_batch = batch_ != 0 && id == batch_fetch(batch_);
  if (is_batch && !seen.repeats) {
    known_[batch_][seen.way] = {};
  }
  if (is_first && is_batch && known_[batch_][seen.way].is_right) {
    reads_known_ = true;
    way_ = seen.way;
    train_begin_ = train.begin;
    completions_.clear();
    for (const Cycle late : known().late) {
      end_read(train.begin + late);
    }
    return;
  }
  expand_known();
  for (const TimedRead& read : *train.reads) {
    begin_read(read.address, train.begin + read.cycle);
    end_read(train.begin + read.completion);
  }
  train_begin_ = is_first && is_batch ? train.begin : kNever;
  way_ = seen.way;
}

void FlowRule::beat(const Timed<WeightBeat>& beat) {
  // A beat is at its receiver in the first cycle in which its place can be taken again.
  const std::uint64_t before = sent_.empty() ? 0 : sent_.back().words;
  sent_.push_back({beat.cycle, before + beat.item.count});
}

void FlowRule::beats(const ItemTrain<WeightBeat>& train) {
  if (reads_known_ && !sent_known_ && sent_.empty() && leaves_as_known(train)) {
    sent_known_ = true;
    return;
  }
  expand_known();
  for (std::size_t i = 0; i < train.count; ++i) {
    beat(train.at(i));
  }
}

bool FlowRule::leaves_as_known(const ItemTrain<WeightBeat>& train) {
  Known& before = known();
  const Cycle begin = train.begin - train_begin_;
  if (train.kept != nullptr && before.beats == train.kept && before.beats_begin == begin) {
    return true;
  }
  if (!is_as_sent(train)) {
    return false;
  }
  before.beats = train.kept;
  before.beats_begin = begin;
  return true;
}

bool FlowRule::is_as_sent(const ItemTrain<WeightBeat>& train) {
  const std::vector<Sent>& sent = known().sent;
  if (train.count != sent.size()) {
    return false;
  }
  std::uint64_t words = 0;
  for (std::size_t i = 0; i < train.count; ++i) {
    words += train.items[i].item.count;
    const Cycle cycle = train.begin - train_begin_ + train.items[i].cycle;
    if (cycle != sent[i].cycle || words != sent[i].words) {
      return false;
    }
  }
  return true;
}

/// The batch goes on in another way than it did when it was found right.
void FlowRule::expand_known() {
  if (reads_known_) {
    for (const TimedRead& read : trains_.reads(batch_fetch(batch_), way_)) {
      reads_.push_back({train_begin_ + read.cycle, map_[read.address / kBurstBytes].stream});
    }
  }
  if (sent_known_) {
    for (const Sent& sent : known().sent) {
      sent_.push_back({train_begin_ + sent.cycle, sent.words});
    }
  }
  reads_known_ = sent_known_ = false;
}

void FlowRule::check_buffers() {
  if (batch_ == 0 || (reads_known_ && sent_known_)) {
    return;
  }
  expand_known();
  if (releases_[batch_] == nullptr) {
    releases_[batch_] = decoder_.release(image_, batch_);
  }
  StreamRelease& release = *releases_[batch_];
  release.restart();
  StreamRelease::Bursts released{};
  StreamRelease::Bursts issued{};
  std::size_t next = 0;
  bool is_right = true;
  for (const Read& read : reads_) {
    const std::size_t before = next;
    while (next < sent_.size() && sent_[next].cycle <= read.cycle) {
      ++next;
    }
    if (next > before) {
      released = release.after(sent_[next - 1].words);
    }
    const auto stream = static_cast<std::size_t>(read.stream);
    ++issued[stream];
    const std::uint64_t held = issued[stream] - released[stream];
    if (held > limits_.stream_buffer_bursts) {
      is_right = false;
      reporter_.report(
          Rule::p13, kControllerName, read.cycle,
          std::to_string(held) + " bursts in the buffer of stream " + name_of(read.stream),
          "at most " + std::to_string(limits_.stream_buffer_bursts));
    }
  }
  if (is_right && train_begin_ != kNever && !sent_.empty() && sent_[0].cycle > train_begin_ &&
      reads_.size() == trains_.reads(batch_fetch(batch_), way_).size()) {
    known() = Known();
    known().is_right = true;
    known().sent = sent_;
    for (Sent& sent : known().sent) {
      sent.cycle -= train_begin_;
    }
    const std::vector<TimedRead>& reads = trains_.reads(batch_fetch(batch_), way_);
    for (const TimedRead& read : reads) {
      if (read.completion > reads.back().cycle) {
        known().late.push_back(read.completion);
      }
    }
  }
}

}  // namespace airnn
