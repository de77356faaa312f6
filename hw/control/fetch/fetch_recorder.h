// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "hw/control/fetch/fetch_engine.h"
#include "hw/control/fetch/known_fetches.h"

namespace airnn {

/// Notes how the running fetch goes while it is computed ahead.
class FetchRecorder {
 public:
  void begin(ContentId content, Cycle cycle);
  /// `expected`: what the burst holds, good as long as the fetch is known.
  void requested(const FetchRead& read, std::uint64_t address, const std::uint8_t* expected,
                 Cycle cycle);
  void completed(const FetchRead& read, Cycle cycle);
  /// The controller worked in a cycle.
  void worked() { ++fetch_.working; }

  ContentId content() const { return fetch_.content; }
  bool has_reads() const { return !reads_.empty(); }
  /// `end`: the first cycle after the fetch. What was noted is gone then.
  KnownFetch finish(KeptTrain<WeightBeat> beats, Cycle end);

 private:
  KnownFetch fetch_;
  Cycle begin_ = 0;
  std::vector<TimedRead> reads_;
  std::array<std::vector<std::size_t>, kStreams> places_;  ///< in reads_, of a stream's bursts
};

}  // namespace airnn
