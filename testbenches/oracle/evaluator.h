// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <onnx/onnx_pb.h>

#include <map>
#include <string>
#include <vector>

#include "testbenches/oracle/array.h"

namespace airnn::oracle {

/// Evaluates an ONNX graph in double precision, node by node, by the definitions of the operators.
/// It reads the file itself and shares no code with the importer: the witness that an imported
/// network is the one in the file.
class Evaluator {
 public:
  explicit Evaluator(onnx::ModelProto model) : model_(std::move(model)) {}
  /// Throws std::runtime_error where the file cannot be read.
  static Evaluator of_file(const std::string& path);

  /// Shape of the network's input, the batch (if it is symbolic) as 1.
  Dims input_dims() const;
  /// The graph's first output for an input whose elements are `input`. Throws std::runtime_error
  /// where an operator is unknown or its definition has no answer.
  Array run(const std::vector<double>& input) const;

 private:
  const onnx::ValueInfoProto& input_info() const;

  onnx::ModelProto model_;
};

}  // namespace airnn::oracle
