// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "hw/common/read_train.h"
#include "hw/common/replay.h"
#include "hw/monitor/decode/burst_map.h"

namespace airnn {

/// Recognises trains of reads that pass again just as one before: what was found of it then still
/// holds. A fetch may go in a few ways that alternate, as its memory's state does.
///
/// What it remembers it holds on to, so that the same address is the same train, which nobody can
/// have changed; another one is compared read by read.
class TrainMemory {
 public:
  static constexpr std::size_t kWays = 4;  ///< remembered of a fetch

  struct Seen {
    std::size_t way = 0;   ///< its number among those of the fetch
    bool repeats = false;  ///< false: what was known of this number is forgotten
  };

  /// `fetches`: so many are remembered.
  explicit TrainMemory(std::size_t fetches) : fetches_("trains of fetches", fetches) {}

  Seen see(FetchId fetch, const KeptReads& reads);
  /// Of a fetch that was seen last, or is remembered.
  const std::vector<TimedRead>& reads(FetchId fetch, std::size_t way) const {
    const Ways* known = fetches_.peek(fetch);
    return *(known == nullptr ? last_ : *known).ways[way];
  }

 private:
  struct Ways {
    std::array<KeptReads, kWays> ways;
    std::size_t next = 0;  ///< to be forgotten
  };

  Replay<FetchId, Ways> fetches_;
  Ways last_;  ///< of the last fetch, if it is not remembered
};

}  // namespace airnn
