// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "hw/monitor/decode/weight_decoder.h"

namespace airnn {

/// Reads the four arrays of compressed row storage of the two clusters of an iteration (paper,
/// Figure 7).
class ClusterDecoder final : public WeightDecoder {
 public:
  std::optional<FetchStream> stream_of(SectionKind kind) const override;
  void add_words(const MemoryImage& image, std::uint32_t iteration,
                 BatchWords& words) const override;
  std::unique_ptr<StreamRelease> release(const MemoryImage& image,
                                         std::uint32_t iteration) const override;

 private:
  using Arrays = std::array<ByteView, kStreams>;  ///< by stream

  static Arrays arrays_of(const MemoryImage& image, std::uint32_t iteration, std::uint16_t cluster);
  static void add_cluster(const Arrays& arrays, const CrsWidths& widths, BatchWords& words);
};

}  // namespace airnn
