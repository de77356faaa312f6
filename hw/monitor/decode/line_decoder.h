// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/monitor/decode/weight_decoder.h"

namespace airnn {

/// Reads weights that are lines: matrices, of which some layers may be plain, or clusters.
class LineDecoder final : public WeightDecoder {
 public:
  std::optional<FetchStream> stream_of(SectionKind kind) const override;
  void add_words(const MemoryImage& image, std::uint32_t iteration,
                 BatchWords& words) const override;
  std::unique_ptr<StreamRelease> release(const MemoryImage& image,
                                         std::uint32_t iteration) const override;
};

}  // namespace airnn
