// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/model/node_reader.h"

namespace airnn::graph {

/// Longest side of a window, stride and pad: what the memory image allows.
inline constexpr std::int64_t kLargestWindow = 1 << 12;

/// The two-dimensional window that kernel_shape (or `kernel`, where that is not empty), strides,
/// pads and auto_pad describe on `map`.
Window read_window(const NodeReader& node, const std::vector<std::int64_t>& kernel,
                   const MapShape& map);

/// The map at input 0, of an operator that is defined for any number of dimensions; refuses one
/// that is not channels x height x width behind dimensions of 1.
const MapValue& read_unflattened_map(const NodeReader& node);
/// The same for an operator that takes its last two of four dimensions for height and width.
const MapValue& read_spatial_map(const NodeReader& node);

/// ONNX shape of a map with height and width: with a batch dimension in front where `like` has one.
std::vector<std::int64_t> spatial_dims(const MapShape& shape, const MapValue& like);

}  // namespace airnn::graph
