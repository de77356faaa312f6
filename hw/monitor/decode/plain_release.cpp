// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/decode/plain_release.h"

#include "hw/control/fetch/fetch_layout.h"

namespace airnn {

void PlainRelease::add(const Arrays& arrays) {
  const std::uint64_t words = arrays[0].size / static_cast<unsigned>(widths_.value_bytes);
  if (words > 0) {
    parts_.push_back({words, arrays});
  }
}

void PlainRelease::restart() {
  part_ = 0;
  part_first_ = rows_ = layers_ = 0;
  begun_ = released_ = {};
}

const StreamRelease::Bursts& PlainRelease::after(std::uint64_t words) {
  while (part_ < parts_.size() && words - part_first_ >= parts_[part_].words) {
    for (std::size_t s = 0; s < kStreams; ++s) {
      begun_[s] += (parts_[part_].arrays[s].size + kBurstBytes - 1) / kBurstBytes;
    }
    part_first_ += parts_[part_].words;
    ++part_;
    rows_ = layers_ = 0;
  }
  released_ = begun_;
  if (part_ == parts_.size()) {
    return released_;
  }
  const Part& part = parts_[part_];
  const std::uint64_t end = words - part_first_;
  const auto entry_bytes = static_cast<std::uint64_t>(widths_.index_bytes) + 4;
  rows_ = entries_before(part.arrays[2], rows_, end);
  layers_ = entries_before(part.arrays[3], layers_, rows_);
  released_[0] += end * static_cast<unsigned>(widths_.value_bytes) / kBurstBytes;
  released_[1] +=
      part.arrays[1].size == 0 ? 0 : end * static_cast<unsigned>(widths_.index_bytes) / kBurstBytes;
  released_[2] += rows_ * entry_bytes / kBurstBytes;
  released_[3] += layers_ * entry_bytes / kBurstBytes;
  return released_;
}

std::uint64_t PlainRelease::entries_before(const ByteView& array, std::uint64_t from,
                                           std::uint64_t end) const {
  const auto entry_bytes = static_cast<std::uint64_t>(widths_.index_bytes) + 4;
  const std::uint64_t entries = array.size / entry_bytes;
  while (from < entries &&
         load_little_endian(array.data + from * entry_bytes + widths_.index_bytes, 4) < end) {
    ++from;
  }
  return from;
}

}  // namespace airnn
