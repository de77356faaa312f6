// SPDX-License-Identifier: Apache-2.0
#include "testbenches/oracle/constant_encodings.h"

#include <onnx/onnx_pb.h>

#include <cmath>
#include <cstring>
#include <random>

namespace airnn::test {
namespace {

// Numbers of ordinary size only: neither subnormal nor beyond what half precision holds.
std::uint16_t half_bits(float value) {
  if (std::abs(value) < 1e-4F) {
    return 0;
  }
  int exponent = 0;
  const float fraction = std::frexp(std::abs(value), &exponent);  // 0.5 up to 1
  const auto mantissa = static_cast<unsigned>(std::lround(std::ldexp(fraction, 11))) - 1024;
  const unsigned sign = value < 0 ? 0x8000U : 0U;
  return static_cast<std::uint16_t>(sign + (static_cast<unsigned>(exponent + 14) << 10) + mantissa);
}

template <typename Element>
void store_raw(const std::vector<Element>& elements, onnx::TensorProto* tensor) {
  tensor->mutable_raw_data()->assign(reinterpret_cast<const char*>(elements.data()),
                                     elements.size() * sizeof(Element));
}

void store(const std::vector<float>& numbers, std::uint32_t encoding, onnx::TensorProto* tensor) {
  tensor->clear_float_data();
  std::vector<std::uint16_t> halves;
  for (const float number : numbers) {
    halves.push_back(half_bits(number));
  }
  switch (encoding) {
    case 0:
      tensor->set_data_type(onnx::TensorProto::DOUBLE);
      tensor->mutable_double_data()->Add(numbers.begin(), numbers.end());
      break;
    case 1:
      tensor->set_data_type(onnx::TensorProto::DOUBLE);
      store_raw(std::vector<double>(numbers.begin(), numbers.end()), tensor);
      break;
    case 2:
      tensor->set_data_type(onnx::TensorProto::FLOAT16);
      tensor->mutable_int32_data()->Add(halves.begin(), halves.end());
      break;
    case 3:
      tensor->set_data_type(onnx::TensorProto::FLOAT16);
      store_raw(halves, tensor);
      break;
    default:
      store_raw(numbers, tensor);
  }
}

}  // namespace

void vary_constants(std::uint32_t seed, onnx::ModelProto* model) {
  std::mt19937 random(seed);
  for (auto& tensor : *model->mutable_graph()->mutable_initializer()) {
    if (tensor.data_type() != onnx::TensorProto::FLOAT || random() % 2 == 0) {
      continue;
    }
    const std::vector<float> numbers(tensor.float_data().begin(), tensor.float_data().end());
    store(numbers, static_cast<std::uint32_t>(random() % 5), &tensor);
  }
}

}  // namespace airnn::test
