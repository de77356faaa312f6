// SPDX-License-Identifier: Apache-2.0
#include "testbenches/oracle/torch_graph.h"

#include <onnx/onnx_pb.h>

#include <cmath>

namespace airnn::test {
namespace {

float bound(std::int64_t fan_in) {
  return 1.5F / std::sqrt(static_cast<float>(fan_in));
}

}  // namespace

TorchGraph::TorchGraph(const TorchStyle& style, std::uint32_t seed, std::int64_t channels,
                       std::int64_t side)
    : style_(style), builder_(style.opset, seed), dims_{1, channels, side, side} {
  builder_.input("input.1", {style.symbolic_batch ? -1 : 1, channels, side, side});
}

void TorchGraph::from(const std::string& value, const Dims& dims) {
  builder_.from(value);
  dims_ = dims;
}

void TorchGraph::step(const std::string& type, const std::vector<std::string>& operands,
                      const std::vector<OnnxAttribute>& attributes, const Dims& dims) {
  builder_.node(type, operands, attributes);
  dims_ = dims;
}

void TorchGraph::store(const Dims& dims, const Dims& values, onnx::TensorProto* tensor) {
  tensor->set_data_type(onnx::TensorProto::INT64);
  tensor->mutable_dims()->Add(dims.begin(), dims.end());
  tensor->mutable_raw_data()->assign(reinterpret_cast<const char*>(values.data()),
                                     values.size() * sizeof(std::int64_t));
}

void TorchGraph::give_last_node(const Dims& dims, const Dims& values) {
  auto& graph = *builder_.model().mutable_graph();
  auto* attribute = graph.mutable_node(graph.node_size() - 1)->add_attribute();
  attribute->set_name("value");
  attribute->set_type(onnx::AttributeProto::TENSOR);
  store(dims, values, attribute->mutable_t());
}

// onnx::Constant with a tensor, or an initializer.
std::string TorchGraph::constant(const Dims& dims, const Dims& values) {
  if (!style_.constants_are_nodes) {
    auto* tensor = builder_.model().mutable_graph()->add_initializer();
    tensor->set_name("onnx::constant_" +
                     std::to_string(builder_.model().graph().initializer_size()));
    store(dims, values, tensor);
    return tensor->name();
  }
  const std::string map = current();
  const std::string name = builder_.node("Constant", {}).current();
  give_last_node(dims, values);
  builder_.from(map);
  return name;
}

std::string TorchGraph::integers(const Dims& values) {
  return constant({static_cast<std::int64_t>(values.size())}, values);
}

std::string TorchGraph::integer(std::int64_t value) {
  return constant({}, {value});
}

std::string TorchGraph::real(float value) {
  if (!style_.constants_are_nodes) {
    return builder_.scalar(value);
  }
  const std::string map = current();
  const std::string name = builder_.node("Constant", {}, {{"value_float", value}}).current();
  builder_.from(map);
  return name;
}

void TorchGraph::slide(std::int64_t kernel, std::int64_t stride, std::int64_t padding, bool ceil) {
  for (std::size_t axis = 2; axis < 4; ++axis) {
    const std::int64_t span = dims_[axis] + 2 * padding - kernel;
    std::int64_t windows = (ceil ? span + stride - 1 : span) / stride + 1;
    if (ceil && (windows - 1) * stride >= dims_[axis] + padding) {
      --windows;
    }
    dims_[axis] = windows;
  }
}

void TorchGraph::conv2d(std::int64_t out, const Conv& settings) {
  const std::int64_t inputs = dims_[1] / settings.groups;
  const std::int64_t k = settings.kernel;
  std::vector<std::string> operands = {current(),
                                       builder_.random({out, inputs, k, k}, bound(inputs * k * k))};
  if (settings.bias) {
    operands.push_back(builder_.random({out}, 0.2F));
  }
  slide(k, settings.stride, settings.padding, false);
  dims_[1] = out;
  step("Conv", operands,
       {{"dilations", Dims{1, 1}},
        {"group", static_cast<int>(settings.groups)},
        {"kernel_shape", Dims{k, k}},
        {"pads", Dims(4, settings.padding)},
        {"strides", Dims(2, settings.stride)}},
       dims_);
}

void TorchGraph::batch_norm() {
  const std::int64_t channels = dims_[1];
  std::vector<float> variance;
  for (std::int64_t c = 0; c < channels; ++c) {
    variance.push_back(0.4F + 0.3F * static_cast<float>(c % 5));
  }
  const std::string weight = builder_.random({channels}, 1.5F);
  const std::string bias = builder_.random({channels}, 0.3F);
  const std::string mean = builder_.random({channels}, 0.3F);
  step("BatchNormalization", {current(), weight, bias, mean, builder_.floats({channels}, variance)},
       {{"epsilon", 1e-5F}, {"momentum", 0.9F}}, dims_);
}

void TorchGraph::conv_norm(std::int64_t out, Conv settings) {
  settings.bias = style_.folds_normalisation;
  conv2d(out, settings);
  if (!style_.folds_normalisation) {
    batch_norm();
  }
}

void TorchGraph::relu() {
  step("Relu", {current()}, {}, dims_);
}

void TorchGraph::hardtanh(float low, float high) {
  if (style_.opset < 11) {
    step("Clip", {current()}, {{"max", high}, {"min", low}}, dims_);
    return;
  }
  const std::string lowest = real(low);
  step("Clip", {current(), lowest, real(high)}, {}, dims_);
}

void TorchGraph::max_pool2d(std::int64_t kernel, std::int64_t stride, std::int64_t padding,
                            bool ceil) {
  std::vector<OnnxAttribute> attributes = {
      {"kernel_shape", Dims(2, kernel)}, {"pads", Dims(4, padding)}, {"strides", Dims(2, stride)}};
  if (style_.opset >= 10) {
    attributes.push_back({"ceil_mode", ceil ? 1 : 0});
    attributes.push_back({"dilations", Dims{1, 1}});
  }
  slide(kernel, stride, padding, ceil && style_.opset >= 10);
  step("MaxPool", {current()}, attributes, dims_);
}

// Before set 11 padding that counts is a Pad of its own.
void TorchGraph::avg_pool2d(std::int64_t kernel, std::int64_t stride, std::int64_t padding,
                            bool count_include_pad, bool ceil) {
  std::int64_t left = padding;
  if (count_include_pad && padding > 0 && style_.opset < 11) {
    pad(Dims(4, padding));
    left = 0;
  }
  std::vector<OnnxAttribute> attributes = {
      {"kernel_shape", Dims(2, kernel)}, {"pads", Dims(4, left)}, {"strides", Dims(2, stride)}};
  if (style_.opset >= 10) {
    attributes.push_back({"ceil_mode", ceil ? 1 : 0});
  }
  if (style_.opset >= 11) {
    attributes.push_back({"count_include_pad", count_include_pad ? 1 : 0});
  }
  slide(kernel, stride, left, ceil && style_.opset >= 10);
  step("AveragePool", {current()}, attributes, dims_);
}

void TorchGraph::adaptive_avg_pool2d(std::int64_t side) {
  if (side == 1) {
    step("GlobalAveragePool", {current()}, {}, {1, dims_[1], 1, 1});
    return;
  }
  const std::int64_t kernel = dims_[2] / side;
  step("AveragePool", {current()},
       {{"kernel_shape", Dims(2, kernel)}, {"strides", Dims(2, kernel)}},
       {1, dims_[1], side, side});
}

void TorchGraph::adaptive_max_pool2d() {
  step("GlobalMaxPool", {current()}, {}, {1, dims_[1], 1, 1});
}

void TorchGraph::dropout() {
  if (style_.opset < 12) {
    step("Dropout", {current()}, {{"ratio", 0.5F}}, dims_);
    return;
  }
  const std::string ratio = real(0.5F);
  step("Dropout", {current(), ratio}, {}, dims_);
}

void TorchGraph::identity() {
  step("Identity", {current()}, {}, dims_);
}

void TorchGraph::linear(std::int64_t out) {
  const std::int64_t inputs = dims_[1];
  const std::string weight = builder_.random({out, inputs}, bound(inputs));
  step("Gemm", {current(), weight, builder_.random({out}, 0.2F)},
       {{"alpha", 1.0F}, {"beta", 1.0F}, {"transB", 1}}, {1, out});
}

void TorchGraph::linear_by_matmul(std::int64_t out) {
  const std::int64_t inputs = dims_[1];
  const std::string map = current();
  std::string weight = builder_.random({out, inputs}, bound(inputs));
  weight = builder_.node("Transpose", {weight}, {{"perm", Dims{1, 0}}}).current();
  const std::string product = builder_.node("MatMul", {map, weight}).current();
  const std::string bias = builder_.random({out}, 0.2F);
  step("Add", {bias, product}, {}, {1, out});
}

void TorchGraph::softmax() {
  step("Softmax", {current()}, {{"axis", style_.opset < 11 ? 1 : -1}}, dims_);
}

void TorchGraph::add(const std::string& other) {
  step("Add", {current(), other}, {}, dims_);
}

void TorchGraph::scale_channels() {
  const std::string gamma = builder_.random({dims_[1], 1, 1}, 1.5F);
  step("Mul", {current(), gamma}, {}, dims_);
}

void TorchGraph::normalise_input() {
  const Dims shape = {1, dims_[1], 1, 1};
  std::vector<float> deviations;
  for (std::int64_t c = 0; c < dims_[1]; ++c) {
    deviations.push_back(0.25F + 0.05F * static_cast<float>(c));
  }
  step("Sub", {current(), builder_.random(shape, 0.5F)}, {}, dims_);
  step("Div", {current(), builder_.floats(shape, deviations)}, {}, dims_);
}

}  // namespace airnn::test
