// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/format/memory_image.h"
#include "sw/golden/associative_layer.h"
#include "sw/golden/layer_weights.h"
#include "sw/golden/matrix_layer.h"
#include "sw/golden/pool_geometry.h"
#include "sw/golden/score.h"

namespace airnn::golden {

/// Everything one pass through the network yields.
struct Inference {
  std::vector<std::vector<std::int32_t>> outputs;  ///< per layer its `output` map, CHW
  std::vector<std::uint64_t> saturated;            ///< per layer the elements that saturated
  std::vector<std::int32_t> probabilities;         ///< Q0.31, per class
  int prediction = 0;
  std::int64_t softmax_score = 0;  ///< Q0.31
  std::int64_t raw_score = 0;      ///< in the format of the outputs
};

/// An input brought to its end: iterations until the score reached the threshold or weights ran
/// out.
struct Classification {
  int iterations = 0;
  int prediction = 0;
  std::vector<std::int64_t> scores;  ///< per iteration, in the mode asked for
  Inference last;
};

/// The reference for the machine's arithmetic: untimed inference of a memory image, iteration by
/// iteration, written from docs/numbers.md alone and equal to the machine to the last bit.
class FixedInference {
 public:
  /// Decodes the image's weights; the image is not needed afterwards. Throws ImageError naming the
  /// layer if its formats break what docs/numbers.md promises, or the table of its multipliers is
  /// not among `tables`.
  explicit FixedInference(const MemoryImage& image, const ProductTables& tables = {});

  /// 1 for scheme base.
  int iterations() const { return static_cast<int>(weights_.size()); }
  const Network& network() const { return network_; }

  /// With the weights of batches 1..iteration, all biases and `input_map` (CHW, integers of the
  /// input format). Throws DataError if the map does not fit the network. Safe to call from several
  /// threads.
  Inference run(const std::vector<std::int32_t>& input_map, int iteration) const;

  /// Iterates until score >= threshold (in real numbers), but not before `min_iterations`.
  Classification classify(const std::vector<std::int32_t>& input_map, double threshold,
                          ScoreMode mode = ScoreMode::softmax, int min_iterations = 1) const;

 private:
  struct Stage {
    Layer layer;
    std::vector<std::int64_t> biases;
    std::vector<MatrixLayer> matrix;            ///< one, or none for layers without weights
    std::vector<AssociativeLayer> associative;  ///< instead, where an associative memory is
    PoolGeometry pooling;
    std::int32_t source_fraction = 0;
    std::int32_t skip_fraction = 0;
    std::int32_t accumulator_fraction = 0;
  };

  Stage make_stage(const MemoryImage& image, const ProductTables& tables, std::size_t index) const;
  void check_input(const std::vector<std::int32_t>& input_map) const;
  static std::vector<std::int32_t> run_stage(const Stage& stage, const LayerWeights* weights,
                                             const std::vector<std::int32_t>& source,
                                             const std::vector<std::int32_t>* skip,
                                             std::uint64_t& saturated);

  Network network_;
  std::vector<Stage> stages_;
  std::vector<NetworkWeights> weights_;
};

}  // namespace airnn::golden
