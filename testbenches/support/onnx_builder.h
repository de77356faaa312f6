// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace onnx {
class ModelProto;
}

namespace airnn::test {

/// A name and a value; the type of the value decides the ONNX type of the attribute.
struct OnnxAttribute {
  using Integers = std::vector<std::int64_t>;
  using Value = std::variant<std::int64_t, float, std::string, Integers, std::vector<float>>;

  OnnxAttribute(std::string key, int number) : name(std::move(key)), value(std::int64_t{number}) {}
  OnnxAttribute(std::string key, float number) : name(std::move(key)), value(number) {}
  OnnxAttribute(std::string key, const char* text)
      : name(std::move(key)), value(std::string(text)) {}
  OnnxAttribute(std::string key, Integers list) : name(std::move(key)), value(std::move(list)) {}
  OnnxAttribute(std::string key, std::vector<float> list)
      : name(std::move(key)), value(std::move(list)) {}

  std::string name;
  Value value;
};

struct ConvSettings {
  std::int64_t stride = 1;
  std::int64_t pad = 0;  ///< on all four sides
  std::int64_t groups = 1;
  bool bias = true;
};

/// Writes small ONNX models for tests. Operators read the current value and make the next one:
///
///     OnnxBuilder builder;
///     builder.input("x", {1, 3, 8, 8}).conv({4, 3, 3, 3}).relu().max_pool(2, 2).flatten().gemm(10,
///     36); builder.save(path);
///
/// Weights are pseudo-random, scaled to the fan-in, and the same on every machine. Branches:
/// remember current() and come back to it with from().
class OnnxBuilder {
 public:
  using Dims = std::vector<std::int64_t>;

  explicit OnnxBuilder(std::int64_t opset = 13, std::uint32_t seed = 1);
  ~OnnxBuilder();
  OnnxBuilder(OnnxBuilder&&) noexcept;
  OnnxBuilder& operator=(OnnxBuilder&&) noexcept;

  /// Declares an input of the graph and makes it current; -1 is a symbolic dimension.
  OnnxBuilder& input(const std::string& name, const Dims& dims);
  const std::string& current() const { return current_; }
  OnnxBuilder& from(const std::string& value);

  /// Initializers; each returns its name. The given values, or random ones within +-bound.
  std::string floats(const Dims& dims, const std::vector<float>& values);
  std::string integers(const Dims& values);
  std::string scalar(float value);
  std::string random(const Dims& dims, float bound);

  /// kernels x channels per group x height x width.
  OnnxBuilder& conv(const Dims& weights, const ConvSettings& settings = {});
  OnnxBuilder& gemm(std::int64_t outputs, std::int64_t inputs);
  OnnxBuilder& relu();
  OnnxBuilder& clip(float low, float high);
  OnnxBuilder& max_pool(std::int64_t kernel, std::int64_t stride, std::int64_t pad = 0);
  OnnxBuilder& average_pool(std::int64_t kernel, std::int64_t stride, std::int64_t pad = 0,
                            bool count_include_pad = false);
  OnnxBuilder& global_average_pool();
  OnnxBuilder& batch_normalization(std::int64_t channels);
  OnnxBuilder& add(const std::string& other);
  OnnxBuilder& flatten();
  OnnxBuilder& softmax();

  /// Any operator; its first output becomes current. Without a name it gets type and number
  /// ("Conv_0").
  OnnxBuilder& node(const std::string& type, const std::vector<std::string>& inputs,
                    const std::vector<OnnxAttribute>& attributes = {},
                    const std::string& name = "");

  /// For what the operators above cannot express.
  onnx::ModelProto& model() { return *model_; }
  /// The encoded model; the current value is its output unless one has been declared.
  std::string bytes();
  void save(const std::string& path);

 private:
  float next_random();

  std::unique_ptr<onnx::ModelProto> model_;
  std::string current_;
  std::uint32_t state_;
  int constants_ = 0;
};

}  // namespace airnn::test
