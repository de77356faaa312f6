// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/model/model.h"

namespace airnn {

/// Reads an ordinary CNN graph from an ONNX file. Throws ModelError with the file, the node's name
/// and its operator for everything that has no place on the machine, and for NaN or infinite
/// weights.
Model read_onnx(const std::string& path);

}  // namespace airnn
