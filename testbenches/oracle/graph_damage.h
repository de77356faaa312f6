// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace onnx {
class ModelProto;
}

namespace airnn::test {

/// Changes one to three things in a graph, drawn from `seed`: a number of an attribute, an operand,
/// an operator, a shape, the operator set, the output. Many of the results are still networks, of
/// another meaning; the others are wrong in one place.
void damage_graph(std::uint32_t seed, onnx::ModelProto* model);

}  // namespace airnn::test
