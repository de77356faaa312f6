// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "testbenches/oracle/array.h"

namespace onnx {
class TensorProto;
}

namespace airnn::oracle {

/// The elements of a tensor of a file, as the specification of TensorProto says. Throws
/// std::runtime_error for element types other than real numbers, integers and truth values.
Array values_of(const onnx::TensorProto& tensor);

}  // namespace airnn::oracle
