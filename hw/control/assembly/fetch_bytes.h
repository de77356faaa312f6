// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "hw/control/fetch/fetch_layout.h"
#include "sw/format/byte_view.h"
#include "sw/format/crs.h"
#include "sw/format/network.h"

namespace airnn {

/// What a fetch reads, as far as it is known: whole bursts of each stream, its ranges one after the
/// other.
class FetchBytes {
 public:
  /// `layers_of_ranges`: the layer of each range, where ranges are of layers. `network` must
  /// outlive this.
  FetchBytes(const FetchPlan& plan, std::vector<std::uint32_t> layers_of_ranges,
             const CrsWidths& widths, unsigned lanes, const Network& network);

  /// Returns true if the bytes differ from what was known.
  bool update(FetchStream stream, std::uint64_t burst, const std::uint8_t* bytes);

  const FetchPlan& plan() const { return plan_; }
  const std::array<std::uint64_t, kStreams>& bursts() const { return bursts_; }
  /// Throws std::out_of_range behind the last burst.
  std::uint64_t address(FetchStream stream, std::uint64_t burst) const;
  ByteView bytes(FetchStream stream) const;
  /// The used bytes of one range of the plan.
  ByteView range(FetchStream stream, std::size_t index) const;
  std::size_t ranges(FetchStream stream) const {
    return plan_.streams[static_cast<std::size_t>(stream)].size();
  }
  /// Bursts of the stream before the range.
  std::uint64_t first_burst(FetchStream stream, std::size_t range) const;

  const std::vector<std::uint32_t>& layers_of_ranges() const { return layers_of_ranges_; }
  const Layer& layer_of(std::size_t range) const {
    return network_->layers[layers_of_ranges_[range]];
  }
  const CrsWidths& widths() const { return widths_; }
  /// Words of a beat, at most.
  unsigned lanes() const { return lanes_; }

 private:
  FetchPlan plan_;
  std::vector<std::uint32_t> layers_of_ranges_;
  CrsWidths widths_;
  unsigned lanes_;
  const Network* network_;
  std::array<std::uint64_t, kStreams> bursts_{};
  std::array<std::vector<std::uint8_t>, kStreams> bytes_;
};

}  // namespace airnn
