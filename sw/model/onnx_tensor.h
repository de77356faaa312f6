// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "sw/model/graph.h"

namespace onnx {
class TensorProto;
}

namespace airnn::graph {

/// Decodes float, double, float16, int64, int32 and bool tensors from either encoding (raw bytes or
/// typed fields). Never throws for bad content: the reason is left in Tensor::problem.
std::shared_ptr<const Tensor> decode_tensor(const onnx::TensorProto& encoded);

}  // namespace airnn::graph
