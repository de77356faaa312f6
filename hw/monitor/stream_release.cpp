// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/stream_release.h"

namespace airnn {

StreamRelease::StreamRelease(const MemoryImage& image, std::uint32_t iteration)
    : value_bytes_(image.info().widths.value_bytes), index_bytes_(image.info().widths.index_bytes) {
  if (image.info().scheme != Scheme::base) {
    add(image, iteration, 0);
    add(image, iteration, 1);
    return;
  }
  for (const Section& section : image.sections()) {
    if (section.kind == SectionKind::dense_value) {
      parts_.push_back({section.bytes / static_cast<unsigned>(value_bytes_),
                        {image.content(section), ByteView(), ByteView(), ByteView()}});
    }
  }
}

void StreamRelease::add(const MemoryImage& image, std::uint32_t iteration, std::uint16_t cluster) {
  constexpr std::array<SectionKind, kStreams> kinds = {SectionKind::value, SectionKind::column,
                                                       SectionKind::row, SectionKind::layer};
  Part part;
  for (std::size_t s = 0; s < kStreams; ++s) {
    const Section* section =
        image.find(kinds[s], kAllLayers, static_cast<std::uint16_t>(iteration), cluster);
    part.arrays[s] = section == nullptr ? ByteView() : image.content(*section);
  }
  part.words = part.arrays[0].size / static_cast<unsigned>(value_bytes_);
  if (part.words > 0) {
    parts_.push_back(part);
  }
}

void StreamRelease::restart() {
  part_ = 0;
  part_first_ = rows_ = layers_ = 0;
  begun_ = released_ = {};
}

const StreamRelease::Bursts& StreamRelease::after(std::uint64_t words) {
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
  const auto entry_bytes = static_cast<std::uint64_t>(index_bytes_) + 4;
  rows_ = entries_before(part.arrays[2], rows_, end);
  layers_ = entries_before(part.arrays[3], layers_, rows_);
  released_[0] += end * static_cast<unsigned>(value_bytes_) / kBurstBytes;
  released_[1] +=
      part.arrays[1].size == 0 ? 0 : end * static_cast<unsigned>(index_bytes_) / kBurstBytes;
  released_[2] += rows_ * entry_bytes / kBurstBytes;
  released_[3] += layers_ * entry_bytes / kBurstBytes;
  return released_;
}

std::uint64_t StreamRelease::entries_before(const ByteView& array, std::uint64_t from,
                                            std::uint64_t end) const {
  const auto entry_bytes = static_cast<std::uint64_t>(index_bytes_) + 4;
  const std::uint64_t entries = array.size / entry_bytes;
  while (from < entries &&
         load_little_endian(array.data + from * entry_bytes + index_bytes_, 4) < end) {
    ++from;
  }
  return from;
}

}  // namespace airnn
