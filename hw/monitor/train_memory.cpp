// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/train_memory.h"

#include <cstring>
#include <type_traits>

namespace airnn {

namespace {

bool is_equal(const std::vector<TimedRead>& one, const std::vector<TimedRead>& other) {
  static_assert(std::has_unique_object_representations_v<TimedRead>, "compared byte by byte");
  return one.size() == other.size() &&
         std::memcmp(one.data(), other.data(), one.size() * sizeof(TimedRead)) == 0;
}

}  // namespace

TrainMemory::Seen TrainMemory::see(FetchId fetch, const KeptReads& reads) {
  Ways* remembered = fetches_.trust(fetch);
  if (remembered == nullptr) {
    remembered = fetches_.keep(fetch, {});
  }
  if (remembered == nullptr) {
    last_ = {};
  }
  Ways& known = remembered == nullptr ? last_ : *remembered;
  for (std::size_t way = 0; way < kWays; ++way) {
    if (known.ways[way] == reads) {
      return {way, true};
    }
  }
  for (std::size_t way = 0; way < kWays; ++way) {
    if (known.ways[way] != nullptr && is_equal(*known.ways[way], *reads)) {
      return {way, true};
    }
  }
  const std::size_t way = known.next;
  known.next = (known.next + 1) % kWays;
  known.ways[way] = reads;
  return {way, false};
}

}  // namespace airnn
