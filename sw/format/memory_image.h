// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sw/format/bin_tables.h"
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
  /// Weights are stored as numbers of bins.
  bool has_bins() const { return info_.encoding == kBinnedEncoding; }
  /// Weights are stored as lines; of scheme base perhaps not those of all layers.
  bool has_lines() const { return info_.encoding == kLineEncoding; }
  /// The lines of a layer (iteration 0), or of all layers in a cluster; none where it has none.
  std::vector<LineSegment> segments(std::uint16_t layer, std::uint16_t iteration,
                                    std::uint16_t cluster) const;
  /// Bits of a weight; the widest, should layers differ.
  int weight_bits() const;
  /// Of a layer with bins, the centre of each; else none.
  std::vector<std::int32_t> codebook(std::uint16_t layer) const;
  /// Rows of the associative memory beside a layer's multipliers; none: it has no such memory.
  std::vector<MatchRow> match_rows(std::uint16_t layer) const;
  /// How many of them each layer with weights has.
  std::size_t associative_rows() const;
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
  void tell_tables();
  void check_interleaving() const;
  void put_centres(CrsCluster& cluster) const;

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
