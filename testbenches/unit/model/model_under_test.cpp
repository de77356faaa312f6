// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/model/model_under_test.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <limits>

#include "sw/format/errors.h"
#include "sw/format/network_codec.h"
#include "sw/golden/float_inference.h"
#include "sw/model/onnx_reader.h"

namespace airnn::test {
namespace {

class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& bytes)
      : path_(testing::TempDir() + "built_" + std::to_string(getpid()) + ".onnx") {
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  ~TemporaryFile() { std::remove(path_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

Model read_bytes(const std::string& bytes) {
  return read_onnx(TemporaryFile(bytes).path());
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
