// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/onnx_builder.h"

#include <onnx/onnx_pb.h>

#include <cmath>
#include <fstream>
#include <stdexcept>

namespace airnn::test {
namespace {

constexpr std::int64_t kIrVersion = 7;

void set_value(const OnnxAttribute::Value& value, onnx::AttributeProto* attribute) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    attribute->set_type(onnx::AttributeProto::INT);
    attribute->set_i(*integer);
  } else if (const auto* number = std::get_if<float>(&value)) {
    attribute->set_type(onnx::AttributeProto::FLOAT);
    attribute->set_f(*number);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    attribute->set_type(onnx::AttributeProto::STRING);
    attribute->set_s(*text);
  } else if (const auto* integers = std::get_if<OnnxAttribute::Integers>(&value)) {
    attribute->set_type(onnx::AttributeProto::INTS);
    attribute->mutable_ints()->Add(integers->begin(), integers->end());
  } else {
    const auto& numbers = std::get<std::vector<float>>(value);
    attribute->set_type(onnx::AttributeProto::FLOATS);
    attribute->mutable_floats()->Add(numbers.begin(), numbers.end());
  }
}

std::size_t element_count(const OnnxBuilder::Dims& dims) {
  std::int64_t count = 1;
  for (const std::int64_t dim : dims) {
    count *= dim;
  }
  return static_cast<std::size_t>(count);
}

// Keeps the sums of a layer near the size of its inputs, however many there are.
float weight_bound(std::int64_t fan_in) {
  return std::sqrt(3.0F / static_cast<float>(fan_in));
}

}  // namespace

OnnxBuilder::OnnxBuilder(std::int64_t opset, std::uint32_t seed)
    : model_(std::make_unique<onnx::ModelProto>()), state_(seed) {
  model_->set_ir_version(kIrVersion);
  model_->mutable_graph()->set_name("test");
  model_->add_opset_import()->set_version(opset);
}

OnnxBuilder::~OnnxBuilder() = default;
OnnxBuilder::OnnxBuilder(OnnxBuilder&&) noexcept = default;
OnnxBuilder& OnnxBuilder::operator=(OnnxBuilder&&) noexcept = default;

// A linear congruential generator: the library's distributions differ between implementations.
float OnnxBuilder::next_random() {
  state_ = state_ * 1664525U + 1013904223U;
  return static_cast<float>(state_ >> 8) / static_cast<float>(1U << 23) - 1.0F;
}

OnnxBuilder& OnnxBuilder::input(const std::string& name, const Dims& dims) {
  auto* declared = model_->mutable_graph()->add_input();
  declared->set_name(name);
  auto* type = declared->mutable_type()->mutable_tensor_type();
  type->set_elem_type(onnx::TensorProto::FLOAT);
  type->mutable_shape();
  for (const std::int64_t dim : dims) {
    auto* side = type->mutable_shape()->add_dim();
    if (dim < 0) {
      side->set_dim_param("N");
    } else {
      side->set_dim_value(dim);
    }
  }
  return from(name);
}

OnnxBuilder& OnnxBuilder::from(const std::string& value) {
  current_ = value;
  return *this;
}

std::string OnnxBuilder::floats(const Dims& dims, const std::vector<float>& values) {
  auto* tensor = model_->mutable_graph()->add_initializer();
  tensor->set_name("constant_" + std::to_string(constants_++));
  tensor->set_data_type(onnx::TensorProto::FLOAT);
  tensor->mutable_dims()->Add(dims.begin(), dims.end());
  tensor->mutable_float_data()->Add(values.begin(), values.end());
  return tensor->name();
}

std::string OnnxBuilder::integers(const Dims& values) {
  auto* tensor = model_->mutable_graph()->add_initializer();
  tensor->set_name("constant_" + std::to_string(constants_++));
  tensor->set_data_type(onnx::TensorProto::INT64);
  tensor->add_dims(static_cast<std::int64_t>(values.size()));
  tensor->mutable_int64_data()->Add(values.begin(), values.end());
  return tensor->name();
}

std::string OnnxBuilder::scalar(float value) {
  return floats({}, {value});
}

std::string OnnxBuilder::random(const Dims& dims, float bound) {
  std::vector<float> values(element_count(dims));
  for (float& value : values) {
    value = bound * next_random();
  }
  return floats(dims, values);
}

OnnxBuilder& OnnxBuilder::conv(const Dims& weights, const ConvSettings& settings) {
  const std::int64_t fan_in = weights.at(1) * weights.at(2) * weights.at(3);
  std::vector<std::string> operands = {current_, random(weights, weight_bound(fan_in))};
  if (settings.bias) {
    operands.push_back(random({weights.at(0)}, 0.1F));
  }
  return node("Conv", operands,
              {{"kernel_shape", Dims{weights.at(2), weights.at(3)}},
               {"strides", Dims{settings.stride, settings.stride}},
               {"pads", Dims(4, settings.pad)},
               {"group", static_cast<int>(settings.groups)}});
}

OnnxBuilder& OnnxBuilder::gemm(std::int64_t outputs, std::int64_t inputs) {
  const std::string weights = random({outputs, inputs}, weight_bound(inputs));
  return node("Gemm", {current_, weights, random({outputs}, 0.1F)}, {{"transB", 1}});
}

OnnxBuilder& OnnxBuilder::relu() {
  return node("Relu", {current_});
}

OnnxBuilder& OnnxBuilder::clip(float low, float high) {
  return node("Clip", {current_, scalar(low), scalar(high)});
}

OnnxBuilder& OnnxBuilder::max_pool(std::int64_t kernel, std::int64_t stride, std::int64_t pad) {
  return node(
      "MaxPool", {current_},
      {{"kernel_shape", Dims(2, kernel)}, {"strides", Dims(2, stride)}, {"pads", Dims(4, pad)}});
}

OnnxBuilder& OnnxBuilder::average_pool(std::int64_t kernel, std::int64_t stride, std::int64_t pad,
                                       bool count_include_pad) {
  return node("AveragePool", {current_},
              {{"kernel_shape", Dims(2, kernel)},
               {"strides", Dims(2, stride)},
               {"pads", Dims(4, pad)},
               {"count_include_pad", count_include_pad ? 1 : 0}});
}

OnnxBuilder& OnnxBuilder::global_average_pool() {
  return node("GlobalAveragePool", {current_});
}

OnnxBuilder& OnnxBuilder::batch_normalization(std::int64_t channels) {
  std::vector<float> variance(static_cast<std::size_t>(channels));
  for (float& value : variance) {
    value = 1.0F + 0.5F * next_random();
  }
  const std::string scale = random({channels}, 1.5F);
  const std::string bias = random({channels}, 0.5F);
  const std::string mean = random({channels}, 0.5F);
  return node("BatchNormalization", {current_, scale, bias, mean, floats({channels}, variance)});
}

OnnxBuilder& OnnxBuilder::add(const std::string& other) {
  return node("Add", {current_, other});
}

OnnxBuilder& OnnxBuilder::flatten() {
  return node("Flatten", {current_});
}

OnnxBuilder& OnnxBuilder::softmax() {
  return node("Softmax", {current_});
}

OnnxBuilder& OnnxBuilder::node(const std::string& type, const std::vector<std::string>& inputs,
                               const std::vector<OnnxAttribute>& attributes,
                               const std::string& name) {
  auto* graph = model_->mutable_graph();
  const std::string numbered = type + "_" + std::to_string(graph->node_size());
  auto* made = graph->add_node();
  made->set_op_type(type);
  made->set_name(name.empty() ? numbered : name);
  for (const std::string& operand : inputs) {
    made->add_input(operand);
  }
  for (const OnnxAttribute& attribute : attributes) {
    auto* encoded = made->add_attribute();
    encoded->set_name(attribute.name);
    set_value(attribute.value, encoded);
  }
  made->add_output(numbered + "_output");
  return from(made->output(0));
}

std::string OnnxBuilder::bytes() {
  if (model_->graph().output_size() == 0) {
    model_->mutable_graph()->add_output()->set_name(current_);
  }
  return model_->SerializeAsString();
}

void OnnxBuilder::save(const std::string& path) {
  std::ofstream file(path, std::ios::binary);
  file << bytes();
  if (!file.flush()) {
    throw std::runtime_error("cannot write " + path);
  }
}

}  // namespace airnn::test
