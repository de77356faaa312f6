// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/model/graph.h"

namespace airnn::graph {

/// Reads and decodes an ONNX file. Throws ModelError where it is missing, truncated, no ONNX file,
/// or holds no graph. Operators are not looked at yet.
Graph read_onnx_file(const std::string& path);

}  // namespace airnn::graph
