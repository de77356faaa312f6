// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "hw/control/fetch/fetch_layout.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// How many bursts of each stream are used up when so many words of a batch have left the
/// controller, by the image's arrays: a burst is when its last byte is.
class StreamRelease {
 public:
  using Bursts = std::array<std::uint64_t, kStreams>;

  StreamRelease(const MemoryImage& image, std::uint32_t iteration);

  void restart();
  /// `words`: sent since the batch began; not fewer than in the call before.
  const Bursts& after(std::uint64_t words);

 private:
  /// A cluster, or a dense array, whose arrays begin with bursts of their own.
  struct Part {
    std::uint64_t words = 0;
    std::array<ByteView, kStreams> arrays;
  };

  void add(const MemoryImage& image, std::uint32_t iteration, std::uint16_t cluster);
  /// Entries of a row or layer array whose positions lie before `end`.
  std::uint64_t entries_before(const ByteView& array, std::uint64_t from, std::uint64_t end) const;

  int value_bytes_;
  int index_bytes_;
  std::vector<Part> parts_;
  std::size_t part_ = 0;  ///< that is being sent
  std::uint64_t part_first_ = 0;
  std::uint64_t rows_ = 0;
  std::uint64_t layers_ = 0;
  Bursts begun_{};  ///< bursts of the parts before
  Bursts released_{};
};

}  // namespace airnn
