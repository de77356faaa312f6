// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/coverage/stream_cover.h"

namespace airnn {

void StreamCover::taken(Cycle cycle, Coverage& coverage) {
  if (waiting_.empty()) {
    return;  // a lost item's (docs/faults.md)
  }
  const Item item = waiting_.front();
  waiting_.pop_front();
  // All before it in the stream were taken, so it is known when their slots are back.
  while (!back_.empty() && back_.front() <= item.begin) {
    back_.pop_front();
  }
  const std::size_t filled = back_.size() + 1;
  back_.push_back(cycle + 1);
  const auto kind = static_cast<std::size_t>(stream_);
  coverage.hit(Cover::stream_fill, kind, filled == 1 ? 0 : filled < slots_ ? 1 : 2);
  coverage.hit(Cover::stream_wait, kind, cycle > item.arrival ? 1 : 0);
  if (cycle > item.arrival) {
    stalls_.push_back(item.arrival);
  }
}

}  // namespace airnn
