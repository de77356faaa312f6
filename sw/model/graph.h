// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace airnn::graph {

/// Tensors and maps with more dimensions are refused.
inline constexpr std::size_t kMostDimensions = 16;

/// A constant of the file. Scalars have no dims and one element.
struct Tensor {
  std::vector<std::int64_t> dims;
  bool is_integer = false;
  std::vector<float> numbers;          ///< elements, unless is_integer
  std::vector<std::int64_t> integers;  ///< elements, if is_integer
  std::string problem;  ///< why it cannot be read; reported only where a node uses the tensor

  std::size_t size() const { return is_integer ? integers.size() : numbers.size(); }
};

enum class AttributeKind : std::uint8_t { integer, number, text, integers, numbers, tensor, other };

struct Attribute {
  AttributeKind kind = AttributeKind::other;
  std::int64_t integer = 0;
  float number = 0.0F;
  std::string text;
  std::vector<std::int64_t> integers;
  std::vector<float> numbers;
  std::shared_ptr<const Tensor> tensor;
};

/// One operator of the file. An input or output that is left out has an empty name.
struct Node {
  std::string name;  ///< of the node, or of its first output if it has none
  std::string type;  ///< the operator, with its domain unless that is ONNX itself
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
  std::map<std::string, Attribute> attributes;
};

/// An input of the graph that has no constant of the same name.
struct Input {
  std::string name;
  std::vector<std::int64_t> dims;  ///< kDynamic where the file does not fix it
  bool is_float = true;
  bool has_shape = true;
};

inline constexpr std::int64_t kDynamic = -1;

/// What an ONNX file says, without its encoding.
struct Graph {
  std::string path;
  std::int64_t opset = 0;  ///< version of the ONNX operator set
  std::vector<Input> inputs;
  std::vector<std::string> outputs;
  std::vector<Node> nodes;  ///< only those the outputs depend on, sources first
  std::map<std::string, std::shared_ptr<const Tensor>> constants;
};

/// Throws ModelError "FILE: node 'NAME' (operator TYPE): WHAT".
[[noreturn]] void fail_at(const std::string& path, const std::string& node, const std::string& type,
                          const std::string& what);

/// Drops the nodes the outputs do not depend on. Throws ModelError where a node reads something
/// that neither an earlier node nor the file delivers.
void prune_and_check(Graph* graph);

}  // namespace airnn::graph
