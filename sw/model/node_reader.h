// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "sw/model/graph.h"
#include "sw/model/operator_graph.h"

namespace airnn::graph {

/// A feature map as a name of the graph means it.
struct MapValue {
  MapSource producer;
  MapShape shape;                  ///< as the producer delivers it
  std::vector<std::int64_t> dims;  ///< as ONNX sees it, batch 1; reshaping changes only this
  bool is_probability = false;     ///< behind Softmax

  /// dims without the batch: true if they are the shape itself, not a flattened view of it.
  bool is_unflattened() const;
};

/// A name of the graph stands for a map or a constant.
struct Value {
  std::optional<MapValue> map;
  std::shared_ptr<const Tensor> constant;
};

/// What a graph means as far as its nodes have been read.
struct Import {
  std::unordered_map<std::string, Value> values;
  OperatorGraph operators;
  std::int64_t computed_numbers = 0;  ///< elements of weights and of computed constants
  std::int64_t computed_integers = 0;
  std::int64_t channel_factors = 0;  ///< channels that are scaled and shifted, over all operators
};

/// Elements of the largest tensor that is computed while reading, such as the shape of a Reshape.
inline constexpr std::size_t kMostComputed = std::size_t{1} << 16;

/// One node while it is turned into operators: its attributes, its operands, and messages that name
/// it.
class NodeReader {
 public:
  NodeReader(const Graph& graph, const Node& node, Import* import)
      : graph_(graph), node_(node), import_(*import) {}

  const Node& node() const { return node_; }
  std::int64_t opset() const { return graph_.opset; }
  [[noreturn]] void fail(const std::string& what) const;

  bool has_attribute(const std::string& name) const { return node_.attributes.count(name) > 0; }
  const Attribute& attribute(const std::string& name, AttributeKind kind) const;
  std::int64_t integer(const std::string& name, std::int64_t otherwise) const;
  float number(const std::string& name, float otherwise) const;
  std::string text(const std::string& name, const std::string& otherwise) const;
  std::vector<std::int64_t> integers(const std::string& name,
                                     const std::vector<std::int64_t>& otherwise) const;

  std::size_t input_count() const { return node_.inputs.size(); }
  bool has_input(std::size_t place) const;
  bool is_constant(std::size_t place) const;
  /// Name of an input, in quotes, for messages.
  std::string operand(std::size_t place) const;
  const Value& value(std::size_t place) const;
  /// The map at input `place`, for operators that compute; refuses the output of Softmax.
  const MapValue& map(std::size_t place) const;
  const Tensor& constant(std::size_t place, const std::string& role) const;
  /// Real, finite numbers. `role` ("weights") stands in messages.
  const Tensor& numbers(std::size_t place, const std::string& role) const;
  float scalar(std::size_t place, const std::string& role) const;
  const std::vector<std::int64_t>& integer_list(std::size_t place, const std::string& role) const;
  /// An operand of arithmetic while reading; refuses one of more than kMostComputed elements.
  const Tensor& small(std::size_t place) const;
  /// Operator sets move attributes to inputs: `name` is an attribute before set `since`, and the
  /// input at `place` from it on. Refuses a node that has it the other way.
  void check_moved(const std::string& name, std::size_t place, std::int64_t since) const;
  /// Such a list; empty where it is left out.
  std::vector<std::int64_t> moved_list(const std::string& name, std::size_t place,
                                       std::int64_t since) const;
  /// The same; refuses a node without it.
  std::vector<std::int64_t> required_list(const std::string& name, std::size_t place,
                                          std::int64_t since) const;

  /// An operator that reads the map at input `place`; name, type and input shape are set.
  Operator start(OperatorKind kind, std::size_t place) const;
  /// Appends an operator; yields its map.
  MapSource append(Operator made);
  /// Appends an operator; its map gets ONNX shape `dims` and the name of the node's first output.
  void finish(Operator made, const std::vector<std::int64_t>& dims);
  void deliver(const Value& value);
  /// A constant that was computed; it is named like the node's output. Refuses integers of more
  /// than kMostComputed elements.
  void deliver(Tensor made);
  void refuse_second_output(const std::string& what) const;
  /// For operators that behave in training otherwise than at inference.
  void refuse_training() const;

 private:
  void count(std::int64_t more, std::int64_t most, const char* what, std::int64_t* sum) const;

  const Graph& graph_;
  const Node& node_;
  Import& import_;
};

/// Index of a dimension of `rank`; negative ones count from the end. Refuses what is none.
std::int64_t checked_axis(const NodeReader& node, std::int64_t axis, std::size_t rank);
/// The same for a list, whose dimensions must be different ones.
std::vector<std::int64_t> checked_axes(const NodeReader& node, std::vector<std::int64_t> axes,
                                       std::size_t rank);

/// A side of a map, or a count of kernels, as the layers store it; refuses what no machine could
/// hold.
std::int32_t checked_side(const NodeReader& node, std::int64_t side);

}  // namespace airnn::graph
