// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "testbenches/oracle/array.h"

namespace onnx {
class AttributeProto;
class NodeProto;
}  // namespace onnx

namespace airnn::oracle {

/// One node with the values of its inputs, as definitions of operators look at it.
class NodeView {
 public:
  /// Keeps references. `inputs`: null where an optional one is left out.
  NodeView(const onnx::NodeProto& node, std::int64_t opset, std::vector<const Array*> inputs)
      : node_(node), opset_(opset), inputs_(std::move(inputs)) {}

  std::int64_t opset() const { return opset_; }
  /// Throws std::runtime_error naming node and operator.
  [[noreturn]] void fail(const std::string& what) const;

  std::size_t inputs() const { return inputs_.size(); }
  bool has_input(std::size_t place) const {
    return place < inputs_.size() && inputs_[place] != nullptr;
  }
  const Array& input(std::size_t place) const;
  /// Elements of a list of integers.
  Dims list(std::size_t place) const;

  bool has(const std::string& attribute) const { return find(attribute) != nullptr; }
  std::int64_t integer(const std::string& attribute, std::int64_t otherwise) const;
  double number(const std::string& attribute, double otherwise) const;
  std::string text(const std::string& attribute, const std::string& otherwise) const;
  Dims integers(const std::string& attribute, const Dims& otherwise) const;
  std::vector<double> numbers(const std::string& attribute) const;
  Array tensor(const std::string& attribute) const;

  /// An axis of a tensor of `rank` dimensions; negative ones count from the end.
  std::int64_t axis(std::int64_t given, std::int64_t rank) const;
  /// Axes given as an attribute by older operator sets and as an input by newer ones.
  Dims axes(std::size_t place, std::int64_t rank) const;

 private:
  const onnx::AttributeProto* find(const std::string& attribute) const;

  const onnx::NodeProto& node_;
  std::int64_t opset_;
  std::vector<const Array*> inputs_;
};

}  // namespace airnn::oracle
