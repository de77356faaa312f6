// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/compiler/compile_options.h"
#include "sw/compiler/compile_report.h"
#include "sw/model/model.h"

namespace airnn {

struct CompileResult {
  std::vector<std::uint8_t> image;  ///< the bytes of a MemoryImage
  CompileReport report;
};

/// Turns a model into a memory image: formats, clusters, their order, and the layout. The image
/// holds
/// - the network, and the biases of every layer with weights;
/// - scheme base: one dense array of weights per layer, zeros included;
/// - scheme iterative: per iteration i = 1.. and cluster c = 0, 1 the four arrays of Figure 7 over
/// all layers. Cluster 0
///   is the one with the larger mean in the layer's batch i. A layer with fewer clusters is
///   complete in earlier iterations; layers that are always loaded lie in cluster 0 of iteration 1.
///   There are max ceil(K/2) iterations, at least one;
/// - scheme interleaved: the same, and behind the arrays of iteration i the interleave tables of
///   its convolutions, by layer.
/// Zeros are not stored in clusters: exact zeros of a pruned model, and weights that round to zero
/// in their layer's format.
///
/// The result depends on the model and the options alone, not on the number of threads. Throws
/// UserError for options that do not fit the network or each other, ModelError where no number
/// format fits.
CompileResult compile(const Model& model, const CompileOptions& options);

}  // namespace airnn
