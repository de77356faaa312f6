// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/common/read_train.h"
#include "hw/monitor/burst_map.h"

namespace airnn {

/// Recognises trains that pass again just as before: what was found of them then still holds.
class TrainMemory {
 public:
  explicit TrainMemory(std::size_t fetches) : trains_(fetches) {}

  /// Whether these are, read by read, those of the train before of this fetch. Keeps a copy if not.
  bool repeats(FetchId fetch, const std::vector<TimedRead>& reads);
  const std::vector<TimedRead>& last(FetchId fetch) const { return trains_[fetch]; }

 private:
  std::vector<std::vector<TimedRead>> trains_;
};

}  // namespace airnn
