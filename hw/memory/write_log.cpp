// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/write_log.h"

#include <algorithm>
#include <iterator>

namespace airnn {

void WriteLog::write(std::uint64_t begin, std::uint64_t end) {
  if (begin == end) {
    return;
  }
  ++now_;
  Ranges::iterator at = first_behind(begin);
  while (at != ranges_.end() && at->first < end) {
    begin = std::min(begin, at->first);
    end = std::max(end, at->second.end);
    at = ranges_.erase(at);
  }
  ranges_.emplace_hint(at, begin, Range{end, now_});
  if (ranges_.size() > kMostRanges) {
    join_all();
  }
}

std::uint64_t WriteLog::last_write(std::uint64_t begin, std::uint64_t end) const {
  std::uint64_t last = 0;
  for (const auto& [first, range] : ranges_) {
    if (first < end && begin < range.end) {
      last = std::max(last, range.write);
    }
  }
  return last;
}

/// The first range that ends behind the address.
WriteLog::Ranges::iterator WriteLog::first_behind(std::uint64_t address) {
  const auto at = ranges_.upper_bound(address);
  return at != ranges_.begin() && std::prev(at)->second.end > address ? std::prev(at) : at;
}

void WriteLog::join_all() {
  const std::uint64_t begin = ranges_.begin()->first;
  const std::uint64_t end = std::prev(ranges_.end())->second.end;
  ranges_ = {{begin, Range{end, now_}}};
}

}  // namespace airnn
