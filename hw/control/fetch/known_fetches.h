// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <vector>

#include "hw/common/beats.h"
#include "hw/common/read_train.h"
#include "hw/common/stream.h"
#include "hw/control/assembly/batch_content.h"

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
  /// In which ways `content` was fetched as it is now; the oldest first.
  const std::deque<KnownFetch>& ways(const BatchContent& content) const;
  void remember(const BatchContent& content, KnownFetch fetch);

 private:
  std::map<const BatchContent*, std::deque<KnownFetch>> known_;  ///< ways of one content each
};

}  // namespace airnn
