// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/control/fetch/fetch_layout.h"
#include "hw/monitor/decode/weight_decoder.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// Number of a fetch: what the controller reads together.
using FetchId = std::uint32_t;
inline constexpr FetchId kNoFetch = 0;  ///< between sections
inline constexpr FetchId kDirectoryFetch = 1;
inline constexpr FetchId kBiasFetch = 2;
inline constexpr FetchId kInputFetch = 3;
inline constexpr FetchId kUnreadSections = 4;  ///< the topology
constexpr FetchId batch_fetch(std::uint32_t iteration) {
  return 4 + 2 * iteration;
}
constexpr FetchId table_fetch(std::uint32_t iteration) {
  return 5 + 2 * iteration;
}

/// "batch 2".
std::string name_of_fetch(FetchId fetch);

/// For every burst of an image the fetch that it belongs to, and the stream that reads it.
class BurstMap {
 public:
  struct Burst {
    FetchId fetch = kNoFetch;
    FetchStream stream = FetchStream::value;
  };

  BurstMap(const MemoryImage& image, const WeightDecoder& decoder);

  std::size_t size() const { return bursts_.size(); }
  const Burst& operator[](std::uint64_t burst) const { return bursts_[burst]; }
  /// Bursts of each fetch, by its number; of the input map 0.
  const std::vector<std::uint64_t>& totals() const { return totals_; }

 private:
  void add(const Burst& burst, std::uint64_t address, std::uint64_t bytes);

  std::vector<Burst> bursts_;
  std::vector<std::uint64_t> totals_;
};

}  // namespace airnn
