// SPDX-License-Identifier: Apache-2.0
#include "testbenches/oracle/tensor_values.h"

#include <onnx/onnx_pb.h>

#include <cmath>
#include <cstring>
#include <stdexcept>

namespace airnn::oracle {
namespace {

// IEEE 754 binary16: sign, five bits of exponent, ten of fraction.
double half_value(unsigned bits) {
  const double sign = (bits >> 15) != 0 ? -1.0 : 1.0;
  const unsigned exponent = (bits >> 10) % 32;
  const unsigned fraction = bits % 1024;
  if (exponent == 31) {
    return fraction == 0 ? sign * INFINITY : NAN;
  }
  return exponent == 0 ? sign * fraction * std::pow(2.0, -24)
                       : sign * (1.0 + fraction / 1024.0) * std::pow(2.0, exponent - 15.0);
}

template <typename Element>
std::vector<double> elements(const std::string& raw) {
  std::vector<double> values;
  for (std::size_t at = 0; at + sizeof(Element) <= raw.size(); at += sizeof(Element)) {
    Element element;
    std::memcpy(&element, raw.data() + at, sizeof element);
    values.push_back(static_cast<double>(element));
  }
  return values;
}

std::vector<double> halves(const std::vector<double>& words) {
  std::vector<double> values;
  for (const double word : words) {
    values.push_back(half_value(static_cast<unsigned>(word)));
  }
  return values;
}

template <typename List>
std::vector<double> list(const List& of) {
  return {of.begin(), of.end()};
}

std::vector<double> raw_values(const onnx::TensorProto& tensor) {
  const std::string& raw = tensor.raw_data();
  switch (tensor.data_type()) {
    case onnx::TensorProto::FLOAT:
      return elements<float>(raw);
    case onnx::TensorProto::DOUBLE:
      return elements<double>(raw);
    case onnx::TensorProto::FLOAT16:
      return halves(elements<std::uint16_t>(raw));
    case onnx::TensorProto::INT64:
      return elements<std::int64_t>(raw);
    case onnx::TensorProto::INT32:
      return elements<std::int32_t>(raw);
    case onnx::TensorProto::BOOL:
      return elements<std::uint8_t>(raw);
    default:
      throw std::runtime_error("oracle: element type of tensor " + tensor.name());
  }
}

std::vector<double> field_values(const onnx::TensorProto& tensor) {
  switch (tensor.data_type()) {
    case onnx::TensorProto::FLOAT:
      return list(tensor.float_data());
    case onnx::TensorProto::DOUBLE:
      return list(tensor.double_data());
    case onnx::TensorProto::FLOAT16:
      return halves(list(tensor.int32_data()));
    case onnx::TensorProto::INT64:
      return list(tensor.int64_data());
    case onnx::TensorProto::INT32:
    case onnx::TensorProto::BOOL:
      return list(tensor.int32_data());
    default:
      throw std::runtime_error("oracle: element type of tensor " + tensor.name());
  }
}

}  // namespace

Array values_of(const onnx::TensorProto& tensor) {
  Array array;
  array.is_integer = tensor.data_type() != onnx::TensorProto::FLOAT &&
                     tensor.data_type() != onnx::TensorProto::DOUBLE &&
                     tensor.data_type() != onnx::TensorProto::FLOAT16;
  array.dims.assign(tensor.dims().begin(), tensor.dims().end());
  array.values = tensor.has_raw_data() ? raw_values(tensor) : field_values(tensor);
  if (array.values.size() != element_count(array.dims)) {
    throw std::runtime_error("oracle: number of elements of tensor " + tensor.name());
  }
  return array;
}

}  // namespace airnn::oracle
