// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace onnx {
class ModelProto;
}

namespace airnn::test {

/// Writes the constants of a model in other ways, drawn from `seed`: real numbers as double or half
/// precision (rounded to it), typed fields as raw bytes, integers of lists unchanged.
void vary_constants(std::uint32_t seed, onnx::ModelProto* model);

}  // namespace airnn::test
