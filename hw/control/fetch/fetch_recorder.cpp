// SPDX-License-Identifier: Apache-2.0
#include "hw/control/fetch/fetch_recorder.h"

#include <memory>
#include <utility>

namespace airnn {

void FetchRecorder::begin(ContentId content, Cycle cycle) {
  fetch_ = KnownFetch();
  fetch_.content = content;
  begin_ = cycle;
  reads_.clear();
  for (std::vector<std::size_t>& places : places_) {
    places.clear();
  }
}

void FetchRecorder::requested(const FetchRead& read, std::uint64_t address,
                              const std::uint8_t* expected, Cycle cycle) {
  // Bursts of a stream are issued in order; their completions come in any.
  places_[static_cast<std::size_t>(read.stream)].push_back(reads_.size());
  fetch_.streams.push_back(read.stream);
  reads_.push_back({cycle - begin_, 0, address, expected});
}

void FetchRecorder::completed(const FetchRead& read, Cycle cycle) {
  const std::size_t place = places_[static_cast<std::size_t>(read.stream)][read.burst];
  reads_[place].completion = cycle - begin_;
}

KnownFetch FetchRecorder::finish(KeptTrain<WeightBeat> beats, Cycle end) {
  fetch_.reads = std::make_shared<const std::vector<TimedRead>>(std::move(reads_));
  fetch_.beats = std::move(beats);
  fetch_.duration = end - begin_;
  reads_.clear();
  return std::move(fetch_);
}

}  // namespace airnn
