// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>

#include "sw/format/memory_image.h"

namespace airnn::test {

struct RandomImageOptions {
  Scheme scheme = Scheme::iterative;
  CrsWidths widths;
  int iterations = 3;
  int layers = 3;
  int most_neurons = 40;       ///< per layer; index width 1 allows 255
  unsigned kept_percent = 60;  ///< of the weights; the others are exact zeros
  int bins = 0;                ///< most of a sign, beside that of zeros; 0: weights are stored
  bool lines = false;          ///< weights are random lines; of scheme base not those of all layers
  std::size_t match_rows = 0;  ///< of each layer, a power of two; weights of 2 or 4 bytes in bins
};

/// An image with random content: a chain of fully connected layers with a pooling layer without
/// weights among them, weights spread over all clusters of their layer, of which some layers have
/// fewer than others; no more iterations than the weights suffice for. Scheme interleaved: half of
/// the layers with weights are convolutions over a map of one element, whose kernels are grouped.
MemoryImage random_image(const RandomImageOptions& options, std::mt19937_64& random);

/// Rows as an image may have them beside such a codebook: of any bins and values, some of them
/// empty.
std::vector<MatchRow> random_match_rows(const std::vector<std::int32_t>& centres, std::size_t count,
                                        int weight_bytes, std::mt19937_64& random);

/// A fully connected network `inputs` -> `neurons`... ; -1 among them stands for a 1x1 pooling
/// layer.
Network chain_network(int inputs, const std::vector<int>& neurons, int weight_bits);

}  // namespace airnn::test
