// SPDX-License-Identifier: Apache-2.0
// Calls of PyTorch that become arithmetic of shapes.
#include <limits>

#include "testbenches/oracle/torch_graph.h"

namespace airnn::test {
namespace {

constexpr int kInt64 = 7;  // onnx::TensorProto::INT64

}  // namespace

// x.size(axis): a scalar.
std::string TorchGraph::size(const std::string& of, std::int64_t axis) {
  const std::string place = integer(axis);
  const std::string shape = builder_.node("Shape", {of}).current();
  const std::string scalar = builder_.node("Gather", {shape, place}, {{"axis", 0}}).current();
  builder_.from(of);
  return scalar;
}

std::string TorchGraph::unsqueezed(const std::string& scalar) {
  const std::string map = current();
  if (style_.opset < 13) {
    builder_.node("Unsqueeze", {scalar}, {{"axes", Dims{0}}});
  } else {
    const std::string axes = integers({0});
    builder_.node("Unsqueeze", {scalar, axes});
  }
  const std::string list = current();
  builder_.from(map);
  return list;
}

void TorchGraph::flatten() {
  const std::int64_t features = dims_[1] * dims_[2] * dims_[3];
  step("Flatten", {current()}, {{"axis", 1}}, {1, features});
}

void TorchGraph::view_by_batch() {
  const Dims flat = {1, dims_[1] * dims_[2] * dims_[3]};
  const std::string map = current();
  std::string target;
  if (style_.traces_shapes) {
    const std::string batch = unsqueezed(size(map, 0));
    const std::string rest = unsqueezed(integer(-1));
    target = builder_.node("Concat", {batch, rest}, {{"axis", 0}}).current();
  } else {
    target = integers({1, -1});
  }
  std::vector<OnnxAttribute> attributes;
  if (style_.opset >= 14) {
    attributes.push_back({"allowzero", 0});
  }
  step("Reshape", {map, target}, attributes, flat);
}

void TorchGraph::view_by_all_sizes() {
  const Dims flat = {1, dims_[1] * dims_[2] * dims_[3]};
  const std::string map = current();
  std::string features = size(map, 1);
  for (std::int64_t axis = 2; axis < 4; ++axis) {
    const std::string side = size(map, axis);
    features = builder_.node("Mul", {features, side}).current();
    builder_.from(map);
  }
  const std::string batch = unsqueezed(size(map, 0));
  features = unsqueezed(features);
  const std::string target = builder_.node("Concat", {batch, features}, {{"axis", 0}}).current();
  step("Reshape", {map, target}, {}, flat);
}

void TorchGraph::view_by_features() {
  const std::int64_t features = dims_[1] * dims_[2] * dims_[3];
  const std::string target = integers({-1, features});
  step("Reshape", {current(), target}, {}, {1, features});
}

void TorchGraph::squeeze_sides() {
  for (std::int64_t axis = 3; axis > 1; --axis) {
    const Dims rest(dims_.begin(), dims_.end() - 1);
    if (style_.opset < 13) {
      step("Squeeze", {current()}, {{"axes", Dims{axis}}}, rest);
    } else {
      const std::string axes = integers({-1});
      step("Squeeze", {current(), axes}, {}, rest);
    }
  }
}

void TorchGraph::reduce_mean(const Dims& axes, bool keepdim, const Dims& dims) {
  std::vector<OnnxAttribute> attributes = {{"keepdims", keepdim ? 1 : 0}};
  if (style_.opset < 18) {
    attributes.push_back({"axes", axes});
    step("ReduceMean", {current()}, attributes, dims);
    return;
  }
  attributes.push_back({"noop_with_empty_axes", 0});
  const std::string list = integers(axes);
  step("ReduceMean", {current(), list}, attributes, dims);
}

void TorchGraph::mean_of_sides(bool keepdim) {
  const Dims axes = style_.opset < 11 ? Dims{2, 3} : Dims{-2, -1};
  reduce_mean(axes, keepdim, keepdim ? Dims{1, dims_[1], 1, 1} : Dims{1, dims_[1]});
}

void TorchGraph::mean_in_two_steps() {
  reduce_mean({3}, false, {1, dims_[1], dims_[2]});
  reduce_mean({2}, false, {1, dims_[1]});
}

// F.pad lists the last dimension first, ONNX all beginnings and then all ends: the exporter pads
// the list with zeros, turns it round, and parts beginnings from ends.
std::string TorchGraph::computed_pads(const Dims& sides) {
  const std::string map = current();
  const std::string rank =
      builder_.node("Size", {builder_.node("Shape", {map}).current()}).current();
  const std::string twice = builder_.node("Mul", {rank, integer(2)}).current();
  const std::string given = integers(sides);
  const std::string count = builder_.node("Size", {given}).current();
  const std::string missing = unsqueezed(builder_.node("Sub", {twice, count}).current());
  const std::string zeros = builder_.node("ConstantOfShape", {missing}).current();
  give_last_node({1}, {0});
  const std::string cast = builder_.node("Cast", {given}, {{"to", kInt64}}).current();
  const std::string all = builder_.node("Concat", {cast, zeros}, {{"axis", 0}}).current();
  const std::string pairs = builder_.node("Reshape", {all, integers({-1, 2})}).current();
  const std::string starts = integers({-1});
  const std::string ends = integers({std::numeric_limits<std::int64_t>::min() + 1});
  const std::string axes = integers({0});
  const std::string steps = integers({-1});
  const std::string reversed = builder_.node("Slice", {pairs, starts, ends, axes, steps}).current();
  const std::string turned =
      builder_.node("Transpose", {reversed}, {{"perm", Dims{1, 0}}}).current();
  const std::string list = builder_.node("Reshape", {turned, integers({-1})}).current();
  const std::string pads = builder_.node("Cast", {list}, {{"to", kInt64}}).current();
  builder_.from(map);
  return pads;
}

void TorchGraph::pad(const Dims& sides) {
  const Dims pads = {0, 0, sides[2], sides[0], 0, 0, sides[3], sides[1]};
  Dims dims = dims_;
  dims[2] += sides[2] + sides[3];
  dims[3] += sides[0] + sides[1];
  if (style_.opset < 11) {
    step("Pad", {current()}, {{"mode", "constant"}, {"pads", pads}, {"value", 0.0F}}, dims);
    return;
  }
  const std::string list = style_.traces_shapes ? computed_pads(sides) : integers(pads);
  const std::string value = style_.opset < 15 ? real(0.0F) : "";
  step("Pad", {current(), list, value}, {{"mode", "constant"}}, dims);
}

}  // namespace airnn::test
