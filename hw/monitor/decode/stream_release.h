// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "sw/format/encoding/fetch_stream.h"

namespace airnn {

/// How many bursts of each stream are used up when so many words of a batch have left the
/// controller: a burst is when its last byte is.
class StreamRelease {
 public:
  using Bursts = std::array<std::uint64_t, kStreams>;

  virtual ~StreamRelease() = default;

  virtual void restart() = 0;
  /// `words`: sent since the batch began; not fewer than in the call before.
  virtual const Bursts& after(std::uint64_t words) = 0;
};

}  // namespace airnn
