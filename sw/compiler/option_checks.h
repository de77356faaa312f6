// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sw/compiler/compile_options.h"

namespace airnn {

/// For every layer: is it always loaded? Throws UserError for an unknown name, with the nearest
/// one.
std::vector<bool> always_loaded_layers(const CompileOptions& options, const Network& network);

/// Bytes of an index: what was asked for, or 2 if every column, row and layer number fits, else 4.
/// Throws UserError with the layer and the number that does not fit.
int index_bytes(const CompileOptions& options, const Network& network);

/// Throws UserError for an unknown precision, a number of blocks that is no power of two, no
/// interleaved iteration, or a number of clusters for a layer that is always loaded.
void check_options(const CompileOptions& options, const Network& network,
                   const std::vector<bool>& always_loaded);

}  // namespace airnn
