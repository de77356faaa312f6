// SPDX-License-Identifier: Apache-2.0
#include "sw/model/onnx_file.h"

#include <google/protobuf/stubs/logging.h>
#include <onnx/onnx_pb.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>

#include "sw/format/errors.h"
#include "sw/model/graph_names.h"
#include "sw/model/message_text.h"
#include "sw/model/onnx_tensor.h"

namespace airnn::graph {
namespace {

// Operator-set versions became mandatory with this version of the file format.
constexpr std::int64_t kFirstIrWithOpset = 3;
// What operators of later sets mean is not known here.
constexpr std::int64_t kLastOpset = 25;

[[noreturn]] void fail(const std::string& path, const std::string& what) {
  throw ModelError(shown(path) + ": " + what);
}

onnx::ModelProto parse(const std::string& path) {
  if (std::filesystem::is_directory(path)) {
    fail(path, "is a folder; expected an ONNX file");
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    fail(path, std::string("cannot be opened: ") + std::strerror(errno));
  }
  const google::protobuf::LogSilencer the_exception_says_it;
  onnx::ModelProto model;
  if (!model.ParseFromIstream(&file)) {
    fail(path, "is not a complete ONNX file (truncated, damaged or of another kind)");
  }
  if (!model.has_graph()) {
    fail(path, "contains no graph; expected an ONNX model (empty, truncated or of another kind)");
  }
  return model;
}

bool is_onnx(const std::string& domain) {
  return domain.empty() || domain == "ai.onnx";
}

// Other domains may be declared: a node that needs one is refused by its operator.
std::int64_t opset_of(const onnx::ModelProto& model, const std::string& path) {
  std::optional<std::int64_t> version;
  for (const auto& opset : model.opset_import()) {
    if (!is_onnx(opset.domain())) {
      continue;
    }
    if (version && *version != opset.version()) {
      fail(path, "names two versions of the ONNX operator set, " + std::to_string(*version) +
                     " and " + std::to_string(opset.version()));
    }
    version = opset.version();
  }
  if (!version && model.ir_version() >= kFirstIrWithOpset) {
    fail(path, "names no ONNX operator-set version (truncated?)");
  }
  const std::int64_t found = version.value_or(1);
  if (found < 1 || found > kLastOpset) {
    fail(path, "names version " + std::to_string(found) +
                   " of the ONNX operator set; supported are 1 to " + std::to_string(kLastOpset));
  }
  return found;
}

AttributeKind kind_of(const onnx::AttributeProto& encoded) {
  switch (encoded.type()) {
    case onnx::AttributeProto::INT:
      return AttributeKind::integer;
    case onnx::AttributeProto::FLOAT:
      return AttributeKind::number;
    case onnx::AttributeProto::STRING:
      return AttributeKind::text;
    case onnx::AttributeProto::INTS:
      return AttributeKind::integers;
    case onnx::AttributeProto::FLOATS:
      return AttributeKind::numbers;
    case onnx::AttributeProto::TENSOR:
      return AttributeKind::tensor;
    case onnx::AttributeProto::UNDEFINED:
      break;
    default:
      return AttributeKind::other;
  }
  // The first file-format version has no type; the field that is there tells it.
  if (encoded.has_i()) {
    return AttributeKind::integer;
  }
  if (encoded.has_f()) {
    return AttributeKind::number;
  }
  if (encoded.has_s()) {
    return AttributeKind::text;
  }
  if (encoded.has_t()) {
    return AttributeKind::tensor;
  }
  return encoded.floats_size() > 0 ? AttributeKind::numbers : AttributeKind::integers;
}

Attribute decode_attribute(const onnx::AttributeProto& encoded) {
  Attribute attribute;
  attribute.kind = kind_of(encoded);
  attribute.integer = encoded.i();
  attribute.number = encoded.f();
  attribute.text = encoded.s();
  attribute.integers.assign(encoded.ints().begin(), encoded.ints().end());
  attribute.numbers.assign(encoded.floats().begin(), encoded.floats().end());
  if (encoded.has_t()) {
    attribute.tensor = decode_tensor(encoded.t());
  }
  return attribute;
}

Node decode_node(const onnx::NodeProto& encoded, const std::string& path) {
  Node node;
  node.type = (is_onnx(encoded.domain()) ? "" : encoded.domain() + ".") + encoded.op_type();
  node.inputs.assign(encoded.input().begin(), encoded.input().end());
  node.outputs.assign(encoded.output().begin(), encoded.output().end());
  node.name = encoded.name();
  if (node.name.empty() && !node.outputs.empty()) {
    node.name = node.outputs.front();
  }
  for (const auto& attribute : encoded.attribute()) {
    if (!node.attributes.emplace(attribute.name(), decode_attribute(attribute)).second) {
      fail_at(path, node.name, node.type,
              "has two attributes with the name '" + shown(attribute.name()) + "'");
    }
  }
  return node;
}

Input decode_input(const onnx::ValueInfoProto& encoded) {
  Input input;
  input.name = encoded.name();
  const auto& type = encoded.type().tensor_type();
  input.is_float = type.elem_type() == onnx::TensorProto::FLOAT ||
                   type.elem_type() == onnx::TensorProto::FLOAT16 ||
                   type.elem_type() == onnx::TensorProto::DOUBLE;
  input.has_shape = type.has_shape();
  for (const auto& dim : type.shape().dim()) {
    input.dims.push_back(dim.has_dim_value() && dim.dim_value() > 0 ? dim.dim_value() : kDynamic);
  }
  return input;
}

}  // namespace

Graph read_onnx_file(const std::string& path) {
  const onnx::ModelProto model = parse(path);
  Graph graph;
  graph.path = path;
  graph.opset = opset_of(model, path);
  for (const auto& initializer : model.graph().initializer()) {
    if (!graph.constants.emplace(initializer.name(), decode_tensor(initializer)).second) {
      fail(path, "has two initializers with the name '" + shown(initializer.name()) + "'");
    }
  }
  if (model.graph().sparse_initializer_size() > 0) {
    fail(path, "has sparse initializers, which are not supported; supported are dense ones");
  }
  for (const auto& input : model.graph().input()) {
    if (graph.constants.count(input.name()) == 0) {
      graph.inputs.push_back(decode_input(input));
    }
  }
  for (const auto& output : model.graph().output()) {
    graph.outputs.push_back(output.name());
  }
  for (const auto& node : model.graph().node()) {
    graph.nodes.push_back(decode_node(node, path));
  }
  if (graph.nodes.empty()) {
    fail(path, "its graph has no nodes");
  }
  if (graph.outputs.size() != 1) {
    fail(path, "its graph has " + std::to_string(graph.outputs.size()) +
                   " outputs; a network with exactly one is supported");
  }
  check_names(graph);
  prune_and_check(&graph);
  return graph;
}

}  // namespace airnn::graph
