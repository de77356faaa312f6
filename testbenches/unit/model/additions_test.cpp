// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>

#include "sw/golden/float_inference.h"
#include "sw/model/onnx_reader.h"
#include "testbenches/support/source_path.h"
#include "testbenches/unit/model/model_under_test.h"

namespace airnn::test {
namespace {

// What `run` gives the networks below: `x` of [1, 2, 3, 3].
std::vector<float> input_of_run() {
  OnnxBuilder identity;
  identity.input("x", {1, 2, 3, 3}).max_pool(1, 1);
  return run(read_built(&identity));
}

template <typename Function>
std::vector<float> of_each(Function function) {
  std::vector<float> values = input_of_run();
  std::transform(values.begin(), values.end(), values.begin(), function);
  return values;
}

float relu(float value) {
  return std::max(value, 0.0F);
}

TEST(Additions, OfTheInputBehindAnActivationAddTheInput) {
  const auto expected = of_each([](float x) { return relu(x) + x; });
  ASSERT_NE(expected, of_each([](float x) { return relu(x) + relu(x); }));
  for (const bool input_first : {false, true}) {
    OnnxBuilder builder;
    builder.input("x", {1, 2, 3, 3}).relu();
    const std::string map = builder.current();
    builder.node("Add", input_first ? std::vector<std::string>{"x", map}
                                    : std::vector<std::string>{map, "x"});
    const Model model = read_built(&builder);
    ASSERT_EQ(model.network.layers.size(), 2U);
    const Layer& addition = model.network.layers[1];
    EXPECT_EQ(addition.source, input_first ? kNetworkInput : 0);
    EXPECT_EQ(addition.skip, input_first ? 0 : kNetworkInput);
    EXPECT_EQ(distance(run(model), expected), 0.0F);
  }
}

TEST(Additions, OfTheInputToItselfDoubleIt) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 3, 3}).add("x");
  const Model model = read_built(&builder);
  ASSERT_EQ(model.network.layers.size(), 1U);
  EXPECT_EQ(model.network.layers[0].source, kNetworkInput);
  EXPECT_EQ(model.network.layers[0].skip, kNetworkInput);
  EXPECT_EQ(distance(run(model), of_each([](float x) { return x + x; })), 0.0F);
}

TEST(Additions, OfTheInputAfterEveryStepAddItAsOften) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 3, 3}).relu().add("x").relu().add("x").add("x").max_pool(1, 1);
  const auto expected = of_each([](float x) { return relu(relu(x) + x) + x + x; });
  EXPECT_LT(distance(run(read_built(&builder)), expected), 1e-6F);
}

TEST(Additions, OfEveryEarlierMapAddThatMap) {
  const auto maps = [](float x) {
    const float first = relu(x);
    const float second = std::clamp(x, -0.5F, 0.25F);
    const float third = first + second;
    return std::vector<float>{x, first, second, third};
  };
  for (std::size_t left = 0; left < 4; ++left) {
    for (std::size_t right = 0; right < 4; ++right) {
      OnnxBuilder builder;
      std::vector<std::string> names = {"x"};
      names.push_back(builder.input("x", {1, 2, 3, 3}).relu().current());
      names.push_back(builder.from("x").clip(-0.5F, 0.25F).current());
      names.push_back(builder.from(names[1]).add(names[2]).current());
      builder.node("Add", {names[left], names[right]});
      const auto expected = of_each([&](float x) { return maps(x)[left] + maps(x)[right]; });
      EXPECT_EQ(distance(run(read_built(&builder)), expected), 0.0F) << left << " + " << right;
    }
  }
}

// Elements of a little-endian .npy file of version 1.
template <typename Element>
std::vector<Element> elements_of(const std::string& name) {
  std::ifstream file(source_path("testbenches/cases/" + name), std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const std::size_t begin = bytes.find('\n') + 1;
  std::vector<Element> elements((bytes.size() - begin) / sizeof(Element));
  std::memcpy(elements.data(), bytes.data() + begin, elements.size() * sizeof(Element));
  return elements;
}

TEST(Additions, OfTheInputGiveWhatAnotherFrameworkGives) {
  const auto inputs = elements_of<float>("add_input.npy");
  const auto expected = elements_of<double>("add_input_after_relu.expected.npy");
  ASSERT_EQ(inputs.size(), 54U);
  ASSERT_EQ(expected.size(), 6U);
  for (const char* name : {"add_input_after_relu.onnx", "add_input_after_relu_swapped.onnx"}) {
    const golden::FloatInference inference(read_onnx(source_path("testbenches/cases/") + name));
    for (std::size_t i = 0; i < 3; ++i) {
      const auto first = inputs.begin() + static_cast<std::ptrdiff_t>(i * 18);
      const auto result = inference.run({first, first + 18}).logits();
      ASSERT_EQ(result.size(), 2U);
      EXPECT_NEAR(result[0], expected[2 * i], 1e-6) << name;
      EXPECT_NEAR(result[1], expected[2 * i + 1], 1e-6) << name;
    }
  }
}

TEST(Additions, MapsThatOnlyTheirShapeIsReadOfAreNoLayers) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 3, 3}).conv({4, 2, 1, 1});
  const std::string shape = builder.node("Shape", {builder.current()}).current();
  const std::string zero = builder.integers({0});
  const std::string batch = builder.node("Gather", {shape, zero}).current();
  const std::string rest = builder.integers({-1});
  const std::string flat = builder.node("Concat", {batch, rest}, {{"axis", 0}}).current();
  builder.from("x").relu();
  builder.node("Reshape", {builder.current(), flat});
  const Model model = read_built(&builder);
  ASSERT_EQ(model.network.layers.size(), 1U);
  EXPECT_EQ(distance(run(model), of_each(relu)), 0.0F);
}

}  // namespace
}  // namespace airnn::test
