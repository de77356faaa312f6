// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "sw/format/bin_tables.h"
#include "sw/format/crs.h"
#include "sw/format/encoding/weight_encoding.h"
#include "sw/format/image_layout.h"
#include "sw/format/network.h"

namespace airnn {

/// Collects sections and lays them out.
class MemoryImageBuilder {
 public:
  /// `info.widths.value_bytes`: of a weight, however it is stored.
  explicit MemoryImageBuilder(const ImageInfo& info) : info_(info) {}

  void add(SectionKind kind, std::uint16_t layer, std::uint16_t iteration, std::uint16_t cluster,
           std::vector<std::uint8_t> bytes);
  /// The first section; the format's version follows from it.
  void add_network(const Network& network);
  void add_biases(std::uint16_t layer, const std::vector<std::int64_t>& biases);
  /// The layer's weights are stored as numbers of bins: those that are added later must be among
  /// these centres, which ascend. All layers with weights have a codebook, or none has.
  void add_codebook(std::uint16_t layer, const std::vector<std::int32_t>& centres);
  void add_match_rows(std::uint16_t layer, const std::vector<MatchRow>& rows);
  void add_cluster(std::uint16_t iteration, std::uint16_t cluster, const CrsCluster& arrays);
  /// The tables of one layer and iteration; `blocks`: of a channel unit of the layer.
  void add_groups(std::uint16_t layer, std::uint16_t iteration, std::uint32_t blocks,
                  const KernelGroups& groups);
  void add_dense_weights(std::uint16_t layer, const std::vector<std::int32_t>& weights);
  /// The arrays of one part of the weights, as they lie in memory. ImageInfo names the encoding.
  void add_arrays(const WeightEncoding& encoding, std::uint16_t layer, std::uint16_t iteration,
                  std::uint16_t cluster, EncodedArrays arrays);

  /// The finished file. The builder is empty afterwards.
  std::vector<std::uint8_t> finish();

 private:
  struct Pending {
    Section section;
    std::vector<std::uint8_t> bytes;
  };
  std::int32_t stored(std::uint32_t layer, std::int32_t weight) const;
  CrsWidths stored_widths() const;

  ImageInfo info_;
  std::map<std::uint32_t, std::vector<std::int32_t>> codebooks_;  ///< by layer
  std::vector<Pending> pending_;
};

}  // namespace airnn
