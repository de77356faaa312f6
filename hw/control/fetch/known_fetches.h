// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <vector>

#include "hw/common/beats.h"
#include "hw/common/read_train.h"
#include "hw/common/replay.h"
#include "hw/common/stream.h"
#include "hw/control/fetch/fetch_layout.h"

namespace airnn {

/// How a fetch went that was computed ahead, in cycles since it began: it will go the same way as
/// long as the content is the same and the memory completes every read as it did.
struct KnownFetch {
  ContentId content = 0;
  KeptReads reads;                   ///< in the order of their issue
  std::vector<FetchStream> streams;  ///< of the reads
  KeptTrain<WeightBeat> beats;
  Cycle working = 0;
  Cycle duration = 0;
};

/// The fetches that went before, so that equal ones need not be gone through again.
class KnownFetches {
 public:
  using Ways = std::deque<KnownFetch>;

  /// In which ways `content` was fetched; the oldest first. Null if there are none.
  const Ways* ways(ContentId content) { return known_.find(content); }
  void remember(KnownFetch fetch);
  /// There is no such content any more.
  void forget(ContentId content) { known_.forget(content); }
  const Replay<ContentId, Ways>& replay() const { return known_; }

 private:
  Replay<ContentId, Ways> known_{"known fetches", kMostContents};
};

}  // namespace airnn
