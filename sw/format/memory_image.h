// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sw/format/byte_view.h"
#include "sw/format/crs.h"
#include "sw/format/encoding/encodings.h"
#include "sw/format/image_layout.h"
#include "sw/format/network.h"

namespace airnn {

/// The compiled network as it lies in DRAM from address 0: header, section table, sections
/// (docs/memory_image.md). Immutable; what exists has been verified to the last byte.
class MemoryImage {
 public:
  /// Reads and verifies a file. Throws ImageError that names the file and the damaged section.
  /// `encodings`: those that are known; they must outlive the image.
  static MemoryImage read(const std::string& path,
                          const Encodings& encodings = built_in_encodings());
  /// Verifies bytes that are already in memory; `origin` stands in messages.
  static MemoryImage parse(std::vector<std::uint8_t> bytes, const std::string& origin,
                           const Encodings& encodings = built_in_encodings());

  const ImageInfo& info() const { return info_; }
  /// Of the weights.
  const WeightEncoding& encoding() const { return *encoding_; }
  const Network& network() const { return network_; }
  const std::vector<Section>& sections() const { return sections_; }
  ByteView bytes() const { return {bytes_.data(), bytes_.size()}; }
  /// Over the whole file: what results name.
  std::uint32_t checksum() const { return checksum_; }

  /// Null if the image has none such.
  const Section* find(SectionKind kind, std::uint16_t layer, std::uint16_t iteration,
                      std::uint16_t cluster) const;
  ByteView content(const Section& section) const;
  /// Biases of a layer, one per kernel.
  std::vector<std::int64_t> biases(std::uint16_t layer) const;
  /// One of the two clusters of a batch (empty if the batch has only one).
  CrsCluster cluster(std::uint16_t iteration, std::uint16_t cluster) const;
  /// Scheme interleaved: the layer has tables for this iteration.
  bool is_interleaved(std::uint16_t layer, std::uint16_t iteration) const;
  /// Scheme interleaved: the kernels that share a compute unit; only if is_interleaved().
  KernelGroups groups(std::uint16_t layer, std::uint16_t iteration) const;
  /// Blocks of a channel unit of the layer; 1 without tables.
  std::uint32_t blocks(std::uint16_t layer) const;
  /// Scheme base: the dense weights of a layer, kernels x columns.
  std::vector<std::int32_t> dense_weights(std::uint16_t layer) const;

 private:
  MemoryImage() = default;
  void check_contents() const;
  void check_interleaving() const;

  std::vector<ByteView> arrays_of(std::uint16_t layer, std::uint16_t iteration,
                                  std::uint16_t cluster) const;

  std::vector<std::uint8_t> bytes_;
  ImageInfo info_;
  const WeightEncoding* encoding_ = nullptr;
  std::vector<Section> sections_;
  Network network_;
  std::uint32_t checksum_ = 0;
};

}  // namespace airnn
