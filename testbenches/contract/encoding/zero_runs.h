// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/control/assembly/assemblers.h"
#include "hw/monitor/decode/decoders.h"
#include "sw/format/encoding/encodings.h"
#include "sw/format/memory_image.h"

namespace airnn::test {

inline constexpr std::uint8_t kZeroRunsNumber = 200;

/// Dense matrices without most of their zeros: an entry is how many zeros come before a value (a
/// byte), and the value. Zeros at the end, or more than a byte can count, end with a zero as value.
class ZeroRuns final : public MatrixEncoding {
 public:
  std::uint8_t number() const override { return kZeroRunsNumber; }
  const char* name() const override { return "zero_runs"; }
  const std::vector<ArrayInfo>& arrays() const override;
  std::vector<std::uint64_t> bytes(const std::vector<std::int32_t>& weights,
                                   const MatrixShape& shape) const override;
  EncodedArrays encode(const std::vector<std::int32_t>& weights,
                       const MatrixShape& shape) const override;
  std::vector<std::int32_t> decode(const std::vector<ByteView>& arrays,
                                   const MatrixShape& shape) const override;
};

/// The machine's side of it.
class ZeroRunAssembler final : public Assembler {
 public:
  BatchKind kind() const override { return BatchKind::weights; }
  void assemble(const FetchBytes& fetch, Assembly& assembly) const override;
};

/// The monitors' side of it.
class ZeroRunDecoder final : public WeightDecoder {
 public:
  std::optional<FetchStream> stream_of(SectionKind kind) const override;
  void add_words(const MemoryImage& image, std::uint32_t iteration,
                 BatchWords& words) const override;
  std::unique_ptr<StreamRelease> release(const MemoryImage& image,
                                         std::uint32_t iteration) const override;
};

/// The built-in tables with one row more.
const Encodings& encodings_with_zero_runs();
const Assemblers& assemblers_with_zero_runs();
const WeightDecoders& decoders_with_zero_runs();

/// Compiles an image of scheme base once more, with runs of zeros.
std::vector<std::uint8_t> with_zero_runs(const MemoryImage& image);

}  // namespace airnn::test
