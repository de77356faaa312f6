// SPDX-License-Identifier: Apache-2.0
#include "hw/control/assembly/fetch_bytes.h"

#include <cstring>
#include <stdexcept>
#include <utility>

namespace airnn {

FetchBytes::FetchBytes(const FetchPlan& plan, std::vector<std::uint32_t> layers_of_ranges,
                       const CrsWidths& widths, unsigned lanes, const Network& network)
    : plan_(plan),
      layers_of_ranges_(std::move(layers_of_ranges)),
      widths_(widths),
      lanes_(lanes),
      network_(&network) {
  for (std::size_t s = 0; s < kStreams; ++s) {
    bursts_[s] = plan_.bursts(s);
    bytes_[s].assign(bursts_[s] * kBurstBytes, 0);
  }
}

bool FetchBytes::update(FetchStream stream, std::uint64_t burst, const std::uint8_t* bytes) {
  std::uint8_t* known = &bytes_[static_cast<std::size_t>(stream)][burst * kBurstBytes];
  if (std::memcmp(known, bytes, kBurstBytes) == 0) {
    return false;
  }
  std::memcpy(known, bytes, kBurstBytes);
  return true;
}

std::uint64_t FetchBytes::address(FetchStream stream, std::uint64_t burst) const {
  for (const FetchRange& range : plan_.streams[static_cast<std::size_t>(stream)]) {
    if (burst < range.bursts()) {
      return range.address + burst * kBurstBytes;
    }
    burst -= range.bursts();
  }
  throw std::out_of_range("a burst behind the end of the fetch");
}

ByteView FetchBytes::bytes(FetchStream stream) const {
  const auto& bytes = bytes_[static_cast<std::size_t>(stream)];
  return {bytes.data(), bytes.size()};
}

ByteView FetchBytes::range(FetchStream stream, std::size_t index) const {
  const auto s = static_cast<std::size_t>(stream);
  return bytes(stream).subview(first_burst(stream, index) * kBurstBytes,
                               plan_.streams[s][index].bytes);
}

std::uint64_t FetchBytes::first_burst(FetchStream stream, std::size_t range) const {
  std::uint64_t bursts = 0;
  for (std::size_t i = 0; i < range; ++i) {
    bursts += plan_.streams[static_cast<std::size_t>(stream)][i].bursts();
  }
  return bursts;
}

}  // namespace airnn
