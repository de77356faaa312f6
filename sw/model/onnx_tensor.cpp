// SPDX-License-Identifier: Apache-2.0
#include "sw/model/onnx_tensor.h"

#include <onnx/onnx_pb.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "sw/format/byte_view.h"
#include "sw/model/message_text.h"

namespace airnn::graph {
namespace {

constexpr std::uint64_t kMostElements = std::uint64_t{1} << 31;

float from_half(std::uint16_t half) {
  const int exponent = (half >> 10) & 0x1F;
  const int mantissa = half & 0x3FF;
  double magnitude = 0.0;
  if (exponent == 0x1F) {
    magnitude = mantissa == 0 ? std::numeric_limits<double>::infinity()
                              : std::numeric_limits<double>::quiet_NaN();
  } else if (exponent == 0) {
    magnitude = std::ldexp(mantissa, -24);
  } else {
    magnitude = std::ldexp(1024 + mantissa, exponent - 25);
  }
  return static_cast<float>((half & 0x8000) != 0 ? -magnitude : magnitude);
}

// Raw data is little endian whatever the machine is.
std::vector<std::uint64_t> raw_words(const std::string& raw, int word_bytes) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(raw.data());
  std::vector<std::uint64_t> words(raw.size() / static_cast<std::size_t>(word_bytes));
  for (std::size_t i = 0; i < words.size(); ++i) {
    words[i] = load_little_endian(bytes + i * static_cast<std::size_t>(word_bytes), word_bytes);
  }
  return words;
}

template <typename Value, typename Word>
Value bits_as(std::uint64_t word) {
  const Word narrow = static_cast<Word>(word);
  Value value;
  std::memcpy(&value, &narrow, sizeof value);
  return value;
}

void decode_raw(const onnx::TensorProto& encoded, int word_bytes, Tensor* tensor) {
  for (const std::uint64_t word : raw_words(encoded.raw_data(), word_bytes)) {
    switch (encoded.data_type()) {
      case onnx::TensorProto::FLOAT:
        tensor->numbers.push_back(bits_as<float, std::uint32_t>(word));
        break;
      case onnx::TensorProto::DOUBLE:
        tensor->numbers.push_back(static_cast<float>(bits_as<double, std::uint64_t>(word)));
        break;
      case onnx::TensorProto::FLOAT16:
        tensor->numbers.push_back(from_half(static_cast<std::uint16_t>(word)));
        break;
      case onnx::TensorProto::INT32:
        tensor->integers.push_back(bits_as<std::int32_t, std::uint32_t>(word));
        break;
      default:
        tensor->integers.push_back(bits_as<std::int64_t, std::uint64_t>(word));
    }
  }
}

void decode_fields(const onnx::TensorProto& encoded, Tensor* tensor) {
  switch (encoded.data_type()) {
    case onnx::TensorProto::FLOAT:
      tensor->numbers.assign(encoded.float_data().begin(), encoded.float_data().end());
      break;
    case onnx::TensorProto::DOUBLE:
      for (const double value : encoded.double_data()) {
        tensor->numbers.push_back(static_cast<float>(value));
      }
      break;
    case onnx::TensorProto::FLOAT16:
      for (const std::int32_t value : encoded.int32_data()) {
        tensor->numbers.push_back(from_half(static_cast<std::uint16_t>(value)));
      }
      break;
    case onnx::TensorProto::INT32:
    case onnx::TensorProto::BOOL:
      tensor->integers.assign(encoded.int32_data().begin(), encoded.int32_data().end());
      break;
    default:
      tensor->integers.assign(encoded.int64_data().begin(), encoded.int64_data().end());
  }
}

int bytes_per_element(int data_type) {
  switch (data_type) {
    case onnx::TensorProto::FLOAT:
    case onnx::TensorProto::INT32:
      return 4;
    case onnx::TensorProto::DOUBLE:
    case onnx::TensorProto::INT64:
      return 8;
    case onnx::TensorProto::FLOAT16:
      return 2;
    case onnx::TensorProto::BOOL:
      return 1;
    default:
      return 0;
  }
}

std::string type_name(int data_type) {
  return onnx::TensorProto::DataType_IsValid(data_type)
             ? onnx::TensorProto::DataType_Name(data_type)
             : "number " + std::to_string(data_type);
}

// Empty: the declared shape is sound. Otherwise what is wrong with it.
std::string element_count(const std::vector<std::int64_t>& dims, std::uint64_t* count) {
  *count = 1;
  if (dims.size() > kMostDimensions) {
    return "has " + std::to_string(dims.size()) + " dimensions; supported are up to " +
           std::to_string(kMostDimensions);
  }
  for (const std::int64_t dim : dims) {
    if (dim < 0 || static_cast<std::uint64_t>(dim) > kMostElements) {
      return "has an impossible shape " + to_string(dims);
    }
    *count *= static_cast<std::uint64_t>(dim);
    if (*count > kMostElements) {
      return "has an impossible shape " + to_string(dims);
    }
  }
  return {};
}

}  // namespace

std::shared_ptr<const Tensor> decode_tensor(const onnx::TensorProto& encoded) {
  auto tensor = std::make_shared<Tensor>();
  tensor->dims.assign(encoded.dims().begin(), encoded.dims().end());
  const int word_bytes = bytes_per_element(encoded.data_type());
  std::uint64_t expected = 0;
  if (encoded.data_location() == onnx::TensorProto::EXTERNAL) {
    tensor->problem = "keeps its data in another file; expected embedded data";
  } else if (word_bytes == 0) {
    tensor->problem = "has the element type " + type_name(encoded.data_type()) +
                      "; supported are FLOAT, DOUBLE, FLOAT16, INT32, INT64 and BOOL";
  } else {
    tensor->problem = element_count(tensor->dims, &expected);
  }
  if (!tensor->problem.empty()) {
    return tensor;
  }
  tensor->is_integer = encoded.data_type() != onnx::TensorProto::FLOAT &&
                       encoded.data_type() != onnx::TensorProto::DOUBLE &&
                       encoded.data_type() != onnx::TensorProto::FLOAT16;
  if (encoded.has_raw_data()) {
    decode_raw(encoded, word_bytes, tensor.get());
  } else {
    decode_fields(encoded, tensor.get());
  }
  const bool ragged = encoded.has_raw_data() &&
                      encoded.raw_data().size() % static_cast<std::size_t>(word_bytes) != 0;
  if (ragged || tensor->size() != expected) {
    tensor->problem = "has data for " + std::to_string(tensor->size()) + " elements; its shape " +
                      to_string(tensor->dims) + " needs " + std::to_string(expected);
  }
  return tensor;
}

}  // namespace airnn::graph
