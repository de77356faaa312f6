// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "hw/common/beats.h"
#include "sw/format/encoding/fetch_stream.h"
#include "sw/format/encoding/section_kind.h"

namespace airnn {

inline constexpr std::size_t kBurstBytes = 64;

/// Bursts that hold so many bytes.
constexpr std::uint32_t bursts_of(std::uint64_t bytes) {
  return static_cast<std::uint32_t>((bytes + kBurstBytes - 1) / kBurstBytes);
}

/// An array in memory that one prefetcher reads: whole bursts from an aligned address.
struct FetchRange {
  std::uint64_t address = 0;
  std::uint64_t bytes = 0;                  ///< used bytes; the last burst may hold padding
  SectionKind kind = SectionKind::network;  ///< of its section, where assemblers ask
  std::uint64_t bursts() const { return (bytes + kBurstBytes - 1) / kBurstBytes; }
};

/// What one fetch reads: per prefetcher the ranges in order.
struct FetchPlan {
  std::array<std::vector<FetchRange>, kStreams> streams;

  std::uint64_t bursts(std::size_t stream) const {
    std::uint64_t sum = 0;
    for (const FetchRange& range : streams[stream]) {
      sum += range.bursts();
    }
    return sum;
  }
};

/// When a beat can be assembled, and what it frees: cumulative bursts of each prefetcher since the
/// fetch began.
struct BeatNeed {
  std::array<std::uint32_t, kStreams> needed{};
  std::array<std::uint32_t, kStreams>
      released{};           ///< bursts whose last byte is used up with this beat
  std::uint64_t first = 0;  ///< of the batch's words
  std::uint32_t count = 0;
  std::uint64_t first_segment = 0;  ///< of the batch's lines, that have these words; or none
  std::uint32_t segments = 0;
};

}  // namespace airnn
