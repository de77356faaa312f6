// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/format/crs.h"
#include "sw/format/encoding/weight_encoding.h"
#include "sw/format/image_layout.h"
#include "sw/format/network.h"

namespace airnn {

/// Collects sections and lays them out.
class MemoryImageBuilder {
 public:
  explicit MemoryImageBuilder(const ImageInfo& info) : info_(info) {}

  void add(SectionKind kind, std::uint16_t layer, std::uint16_t iteration, std::uint16_t cluster,
           std::vector<std::uint8_t> bytes);
  /// The first section; the format's version follows from it.
  void add_network(const Network& network);
  void add_biases(std::uint16_t layer, const std::vector<std::int64_t>& biases);
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
  ImageInfo info_;
  std::vector<Pending> pending_;
};

}  // namespace airnn
