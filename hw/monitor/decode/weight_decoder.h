// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "hw/monitor/decode/batch_words.h"
#include "hw/monitor/decode/stream_release.h"
#include "sw/format/encoding/fetch_stream.h"
#include "sw/format/encoding/section_kind.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// What the monitors make of an encoding's arrays. It shares nothing with the assembler that the
/// controller uses: an error that is in both would be seen by nobody.
class WeightDecoder {
 public:
  virtual ~WeightDecoder() = default;

  /// The stream that reads the sections of this kind; none if the encoding has no such array.
  virtual std::optional<FetchStream> stream_of(SectionKind kind) const = 0;
  /// Adds the words that the batch of an iteration (1: the first) brings, layer by layer in the
  /// order in which they are sent; of a batch behind the last iteration there are none.
  virtual void add_words(const MemoryImage& image, std::uint32_t iteration,
                         BatchWords& words) const = 0;
  /// What of the same batch's arrays is used up. The image must outlive it.
  virtual std::unique_ptr<StreamRelease> release(const MemoryImage& image,
                                                 std::uint32_t iteration) const = 0;
};

}  // namespace airnn
