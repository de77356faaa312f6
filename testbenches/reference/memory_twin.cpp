// SPDX-License-Identifier: Apache-2.0
#include "testbenches/reference/memory_twin.h"

namespace airnn::test {

bool MemoryTwin::pending(Cycle t) const {
  for (std::size_t i = completions_.size(); i > 0 && i + 256 > completions_.size(); --i) {
    if (requests_[i - 1] <= t && t < completions_[i - 1]) {
      return true;
    }
  }
  return false;
}

MemoryTwin::Fate FlatMemoryTwin::read(Cycle t) {
  bool none_pending = true;
  for (std::size_t i = completions_.size(); i > 0 && completions_[i - 1] > t; --i) {
    none_pending = false;
  }
  const Cycle complete = none_pending ? t + latency_ : completions_.back() + interval_;
  requests_.push_back(t);
  completions_.push_back(complete);
  return {t + 1, complete};
}

MemoryTwin::Fate ScheduledMemoryTwin::read(Cycle t) {
  const std::uint64_t n = requests_.size();
  const Cycle complete = t + schedule_.latency(n);
  requests_.push_back(t);
  completions_.push_back(complete);
  return {t + schedule_.accept(n), complete};
}

}  // namespace airnn::test
