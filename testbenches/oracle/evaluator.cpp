// SPDX-License-Identifier: Apache-2.0
#include "testbenches/oracle/evaluator.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <stdexcept>

#include "testbenches/oracle/operators.h"
#include "testbenches/oracle/tensor_values.h"

namespace airnn::oracle {
namespace {

using Definition = Array (*)(const NodeView&);

const std::map<std::string, Definition>& definitions() {
  static const std::map<std::string, Definition> table = {
      {"Add", add},
      {"AveragePool", average_pool},
      {"BatchNormalization", batch_normalization},
      {"Cast", cast},
      {"Clip", clip},
      {"Concat", concat},
      {"Constant", constant},
      {"ConstantOfShape", constant_of_shape},
      {"Conv", conv},
      {"Div", div},
      {"Dropout", identity},
      {"Flatten", flatten},
      {"Floor", floor},
      {"Gather", gather},
      {"Gemm", gemm},
      {"GlobalAveragePool", global_average_pool},
      {"GlobalMaxPool", global_max_pool},
      {"Identity", identity},
      {"MatMul", matmul},
      {"MaxPool", max_pool},
      {"Mul", mul},
      {"Pad", pad},
      {"ReduceMean", reduce_mean},
      {"Relu", relu},
      {"Reshape", reshape},
      {"Shape", shape},
      {"Size", size},
      {"Slice", slice},
      {"Softmax", softmax},
      {"Squeeze", squeeze},
      {"Sub", sub},
      {"Transpose", transpose},
      {"Unsqueeze", unsqueeze},
  };
  return table;
}

std::int64_t opset_of(const onnx::ModelProto& model) {
  for (const auto& opset : model.opset_import()) {
    if (opset.domain().empty() || opset.domain() == "ai.onnx") {
      return opset.version();
    }
  }
  throw std::runtime_error("oracle: no operator set");
}

// Whether each node has a part in the output; the others need not have a meaning.
std::vector<bool> needed_nodes(const onnx::GraphProto& graph) {
  std::set<std::string> needed = {graph.output(0).name()};
  std::vector<bool> result(static_cast<std::size_t>(graph.node_size()), false);
  for (int i = graph.node_size() - 1; i >= 0; --i) {
    const auto& node = graph.node(i);
    for (const std::string& output : node.output()) {
      if (needed.count(output) > 0) {
        result[static_cast<std::size_t>(i)] = true;
        needed.insert(node.input().begin(), node.input().end());
      }
    }
  }
  return result;
}

}  // namespace

Evaluator Evaluator::of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  onnx::ModelProto model;
  if (!model.ParseFromIstream(&file)) {
    throw std::runtime_error("oracle: cannot read " + path);
  }
  return Evaluator(std::move(model));
}

const onnx::ValueInfoProto& Evaluator::input_info() const {
  const auto& initializers = model_.graph().initializer();
  for (const auto& input : model_.graph().input()) {
    if (std::none_of(initializers.begin(), initializers.end(),
                     [&](const auto& tensor) { return tensor.name() == input.name(); })) {
      return input;
    }
  }
  throw std::runtime_error("oracle: no input");
}

Dims Evaluator::input_dims() const {
  Dims dims;
  for (const auto& dim : input_info().type().tensor_type().shape().dim()) {
    dims.push_back(dim.has_dim_value() ? dim.dim_value() : 1);
  }
  return dims;
}

Array Evaluator::run(const std::vector<double>& input) const {
  std::map<std::string, Array> values;
  for (const auto& initializer : model_.graph().initializer()) {
    values[initializer.name()] = values_of(initializer);
  }
  Array given(false, input_dims());
  given.values = input;
  if (input.size() != element_count(given.dims)) {
    throw std::runtime_error("oracle: number of elements of the input");
  }
  values[input_info().name()] = std::move(given);
  const std::vector<bool> needed = needed_nodes(model_.graph());
  for (int i = 0; i < model_.graph().node_size(); ++i) {
    if (!needed[static_cast<std::size_t>(i)]) {
      continue;
    }
    const auto& node = model_.graph().node(i);
    std::vector<const Array*> inputs;
    for (const std::string& name : node.input()) {
      inputs.push_back(name.empty() ? nullptr : &values.at(name));
    }
    const auto definition = definitions().find(node.op_type());
    if (definition == definitions().end()) {
      throw std::runtime_error("oracle: operator " + node.op_type());
    }
    values[node.output(0)] = definition->second(NodeView(node, opset_of(model_), inputs));
  }
  return values.at(model_.graph().output(0).name());
}

}  // namespace airnn::oracle
