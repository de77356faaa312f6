// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "hw/monitor/decode/stream_release.h"
#include "sw/format/byte_view.h"
#include "sw/format/crs.h"

namespace airnn {

/// Of the plain encodings, in which each word has a value and, in clusters, a column of its own.
class PlainRelease final : public StreamRelease {
 public:
  using Arrays = std::array<ByteView, kStreams>;  ///< by stream; empty where there is none

  explicit PlainRelease(const CrsWidths& widths) : widths_(widths) {}

  /// Of the next cluster or dense array. Its arrays begin with bursts of their own, and are read in
  /// place.
  void add(const Arrays& arrays);

  void restart() override;
  const Bursts& after(std::uint64_t words) override;

 private:
  struct Part {
    std::uint64_t words = 0;
    Arrays arrays;
  };

  /// Entries of a row or layer array whose positions lie before `end`.
  std::uint64_t entries_before(const ByteView& array, std::uint64_t from, std::uint64_t end) const;

  CrsWidths widths_;
  std::vector<Part> parts_;
  std::size_t part_ = 0;  ///< that is being sent
  std::uint64_t part_first_ = 0;
  std::uint64_t rows_ = 0;
  std::uint64_t layers_ = 0;
  Bursts begun_{};  ///< bursts of the parts before
  Bursts released_{};
};

}  // namespace airnn
