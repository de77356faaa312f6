// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/held_trains.h"

#include <algorithm>

namespace airnn {

bool HeldTrains::holds(const KeptReads& reads) {
  const Compared* known = compared_.find(reads);
  if (known != nullptr && storage_.writes().last_write(known->begin, known->end) <= known->writes) {
    if (compared_.checks()) {
      compared_.check(compare(*reads));
    }
    return true;
  }
  if (!compare(*reads)) {
    return false;
  }
  constexpr std::uint64_t kBurst = 64;
  const auto [first, last] = std::minmax_element(
      reads->begin(), reads->end(),
      [](const TimedRead& a, const TimedRead& b) { return a.address < b.address; });
  compared_.keep(reads, {first->address, last->address + kBurst, storage_.writes().now()});
  return true;
}

bool HeldTrains::compare(const std::vector<TimedRead>& reads) const {
  return std::all_of(reads.begin(), reads.end(), [this](const TimedRead& read) {
    return storage_.holds_burst(read.address, read.expected);
  });
}

}  // namespace airnn
