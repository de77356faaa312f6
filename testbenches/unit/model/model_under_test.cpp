// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/model/model_under_test.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sw/format/errors.h"
#include "sw/format/network_codec.h"
#include "sw/golden/float_inference.h"
#include "sw/model/onnx_reader.h"
#include "testbenches/support/temporary_file.h"

namespace airnn::test {
Model read_bytes(const std::string& bytes) {
  return read_onnx(TemporaryFile(bytes, ".onnx").path());
}

Model read_built(OnnxBuilder* builder) {
  return read_bytes(builder->bytes());
}

std::string refusal_of_bytes(const std::string& bytes) {
  try {
    read_bytes(bytes);
  } catch (const ModelError& error) {
    return error.what();
  }
  return {};
}

std::string refusal(OnnxBuilder* builder) {
  return refusal_of_bytes(builder->bytes());
}

std::vector<float> run(const Model& model) {
  std::vector<float> input(static_cast<std::size_t>(model.network.input.size()));
  for (std::size_t i = 0; i < input.size(); ++i) {
    input[i] = static_cast<float>(i * 37 % 101) / 50.0F - 1.0F;
  }
  return golden::FloatInference(model).run(input).logits();
}

float distance(const std::vector<float>& a, const std::vector<float>& b) {
  if (a.size() != b.size()) {
    return std::numeric_limits<float>::infinity();
  }
  float largest = 0.0F;
  for (std::size_t i = 0; i < a.size(); ++i) {
    largest = std::max(largest, std::abs(a[i] - b[i]));
  }
  return largest;
}

}  // namespace airnn::test
