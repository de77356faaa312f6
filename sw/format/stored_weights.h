// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sw/format/byte_view.h"
#include "sw/format/crs.h"
#include "sw/format/network.h"

namespace airnn {

/// The four arrays of one cluster as they lie in the file.
struct ClusterBytes {
  ByteView value;
  ByteView column;
  ByteView row;
  ByteView layer;
};

/// All weights of an image, cluster by cluster or layer by layer: whether each exists, is no zero
/// and stored once, in the clusters that its layer has, and how many there are. Takes a time in
/// proportion to the bytes.
class StoredWeights {
 public:
  /// `network` must outlive this. `has_lines`: a weight of a cluster may be zero, as its line has
  /// it, and does not count then; and a line may move the mean of a cluster.
  StoredWeights(const Network& network, const CrsWidths& widths, bool has_lines = false);

  /// The layer's weights are numbers of bins with these centres. Before they are added.
  void set_codebook(std::size_t layer, std::vector<std::int32_t> centres);
  /// The next cluster that has weights. Throws ImageError naming the section.
  void add_cluster(std::uint16_t iteration, std::uint16_t cluster, const ClusterBytes& arrays);
  /// Scheme base: the matrix of a layer, of the right size.
  void add_matrix(std::size_t layer, ByteView values);
  /// Throws ImageError unless every layer has as many weights and clusters as it claims.
  void finish() const;

  /// Of each kernel of a layer: sum of the magnitudes of its weights.
  const std::vector<std::uint64_t>& magnitudes(std::size_t layer) const {
    return layers_[layer].magnitudes;
  }

 private:
  struct LayerState {
    bool has_bins = false;
    std::vector<std::int32_t> centres;      ///< of its bins
    std::vector<std::uint64_t> seen;        ///< a bit per weight of the matrix
    std::vector<std::uint64_t> magnitudes;  ///< by kernel
    std::int64_t weights = 0;
    std::int32_t clusters = 0;
    std::int64_t last_sum = 0;  ///< of the values of its last cluster, and their number
    std::int64_t last_count = 0;
  };

  /// Weights of one layer in one cluster.
  struct Part {
    std::size_t layer;
    std::size_t first_row;  ///< places in the row array
    std::size_t end_row;
  };

  class ClusterScan;
  void add_part(const Part& part, ClusterScan& scan);
  void check_cell(const Layer& layer, const LayerState& state, const ClusterScan& scan) const;

  const Network& network_;
  CrsWidths widths_;
  bool has_lines_;
  std::vector<LayerState> layers_;
};

}  // namespace airnn
