// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/dram/dram_sums.h"

#include <algorithm>

namespace airnn {

void DramSums::served(const RequestServed& event) {
  ++counts_.outcomes[static_cast<std::size_t>(event.outcome)];
  last_completion_ = std::max(last_completion_, event.complete);
  if (event.is_write) {
    ++counts_.writes;
    return;
  }
  ++counts_.reads;
  read_latency_.add(event.complete - event.arrival);
  last_read_cycle_ = std::max(last_read_cycle_, event.complete);
}

void DramSums::add(const DramSums& other, Cycle later) {
  counts_ += other.counts_;
  read_latency_ += other.read_latency_;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    columns_[i] += other.columns_[i];
  }
  if (other.counts_.reads > 0) {
    last_read_cycle_ = std::max(last_read_cycle_, other.last_read_cycle_ + later);
  }
  if (other.counts_.reads + other.counts_.writes > 0) {
    last_completion_ = std::max(last_completion_, other.last_completion_ + later);
  }
}

}  // namespace airnn
