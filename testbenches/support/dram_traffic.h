// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/memory/ddr3/ddr3_channel.h"

namespace airnn::test {

/// Requests as they could come to a channel: bursts of requests in succession, with pauses between
/// them. What is not of one of the kinds goes anywhere.
struct DramTraffic {
  std::uint64_t seed = 1;
  std::size_t requests = 1000;

  unsigned stream_percent = 0;    ///< the 64 bytes behind those of the last request of the stream
  unsigned hot_percent = 0;       ///< other addresses that lie `hot_stride` apart
  unsigned revisit_percent = 0;   ///< one of the last sixteen addresses again
  std::uint64_t hot_stride = 64;  ///< bytes
  std::uint64_t footprint = 1ULL << 32;  ///< bytes from which all addresses are

  unsigned write_percent = 30;      ///< in a burst of mixed requests
  unsigned one_kind_percent = 0;    ///< bursts of nothing but reads or nothing but writes
  std::size_t longest_burst = 32;   ///< requests
  Cycle pace = 1;                   ///< cycles between requests of a burst
  std::vector<Cycle> pauses = {0};  ///< between bursts, up to twice one of these
};

/// The same for the same parameters, everywhere. `arrival` is the first cycle in which a request is
/// offered; it ascends.
std::vector<DramRequest> requests_of(const DramTraffic& traffic);

}  // namespace airnn::test
