// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/train_memory.h"

#include <cstring>
#include <type_traits>

namespace airnn {

TrainMemory::Seen TrainMemory::see(FetchId fetch, const std::vector<TimedRead>& reads) {
  static_assert(std::has_unique_object_representations_v<TimedRead>, "compared byte by byte");
  Ways& known = fetches_[fetch];
  for (std::size_t way = 0; way < kWays; ++way) {
    const std::vector<TimedRead>& before = known.ways[way];
    if (before.size() == reads.size() &&
        std::memcmp(before.data(), reads.data(), reads.size() * sizeof(TimedRead)) == 0) {
      return {way, true};
    }
  }
  const std::size_t way = known.next;
  known.next = (known.next + 1) % kWays;
  known.ways[way] = reads;
  return {way, false};
}

}  // namespace airnn
