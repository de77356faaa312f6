// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <onnx/onnx_pb.h>

#include <cstring>

#include "sw/format/errors.h"
#include "sw/model/onnx_reader.h"
#include "testbenches/unit/model/model_under_test.h"

namespace airnn::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

OnnxBuilder small_network() {
  OnnxBuilder builder;
  builder.input("x", {1, 1, 4, 4}).conv({2, 1, 3, 3}).relu().flatten().gemm(3, 8);
  return builder;
}

onnx::TensorProto* first_weights(OnnxBuilder* builder) {
  return builder->model().mutable_graph()->mutable_initializer(0);
}

template <typename T>
std::string raw(const std::vector<T>& values) {
  std::string bytes(values.size() * sizeof(T), '\0');
  std::memcpy(&bytes[0], values.data(), bytes.size());
  return bytes;
}

// One fully connected neuron with the given weight tensor.
Model neuron(const onnx::TensorProto& weights) {
  OnnxBuilder builder;
  builder.input("x", {1, weights.dims(0)});
  *builder.model().mutable_graph()->add_initializer() = weights;
  builder.node("MatMul", {"x", "w"});
  return read_built(&builder);
}

onnx::TensorProto column(int data_type, std::int64_t count) {
  onnx::TensorProto tensor;
  tensor.set_name("w");
  tensor.set_data_type(data_type);
  tensor.add_dims(count);
  tensor.add_dims(1);
  return tensor;
}

TEST(OnnxFile, NamesTheFileThatIsMissing) {
  try {
    read_onnx("/nowhere/net.onnx");
    FAIL() << "accepted";
  } catch (const ModelError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("/nowhere/net.onnx"), HasSubstr("No such file")));
  }
  EXPECT_THROW(read_onnx(testing::TempDir()), ModelError);
}

TEST(OnnxFile, RefusesEveryTruncation) {
  const std::string whole = small_network().bytes();
  ASSERT_EQ(refusal_of_bytes(whole), "");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_THAT(refusal_of_bytes(whole.substr(0, size)), HasSubstr(".onnx: ")) << size;
  }
}

TEST(OnnxFile, SurvivesAnyDamagedByte) {
  const std::string whole = small_network().bytes();
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const int flip : {0x01, 0x80, 0xFF}) {
      std::string damaged = whole;
      damaged[i] = static_cast<char>(damaged[i] ^ flip);
      // Either refused with a message or still a network; never another exception.
      EXPECT_NO_THROW(refusal_of_bytes(damaged)) << i;
    }
  }
}

TEST(OnnxFile, RefusesOtherKindsOfFiles) {
  EXPECT_THAT(refusal_of_bytes("model: lenet5\n"), HasSubstr("not a complete ONNX file"));
  EXPECT_THAT(refusal_of_bytes(""), HasSubstr("contains no graph"));
}

TEST(OnnxFile, RefusesGraphWithoutNodesOrWithSeveralOutputs) {
  OnnxBuilder empty;
  empty.input("x", {1, 1, 4, 4});
  EXPECT_THAT(refusal(&empty), HasSubstr("no nodes"));
  OnnxBuilder two = small_network();
  two.model().mutable_graph()->add_output()->set_name(two.current());
  two.model().mutable_graph()->add_output()->set_name("Relu_1_output");
  EXPECT_THAT(refusal(&two), HasSubstr("2 outputs"));
}

TEST(OnnxFile, RefusesGraphThatComputesNothing) {
  OnnxBuilder builder;
  builder.input("x", {1, 10}).node("Identity", {"x"});
  EXPECT_THAT(refusal(&builder), HasSubstr("computes nothing"));
}

TEST(OnnxFile, NamesTheNodeThatReadsAMissingInitializer) {
  OnnxBuilder builder = small_network();
  builder.model().mutable_graph()->mutable_initializer()->DeleteSubrange(0, 1);
  EXPECT_THAT(refusal(&builder),
              AllOf(HasSubstr("node 'Conv_0' (operator Conv)"), HasSubstr("'constant_0'")));
}

TEST(OnnxFile, RefusesWeightsThatAreNotInTheFile) {
  OnnxBuilder external = small_network();
  first_weights(&external)->set_data_location(onnx::TensorProto::EXTERNAL);
  EXPECT_THAT(refusal(&external), AllOf(HasSubstr("'Conv_0'"), HasSubstr("'constant_0'"),
                                        HasSubstr("in another file")));
  OnnxBuilder declared_only = small_network();
  declared_only.model().mutable_graph()->mutable_initializer()->DeleteSubrange(0, 1);
  declared_only.input("constant_0", {2, 1, 3, 3}).from("Gemm_3_output");
  EXPECT_THAT(refusal(&declared_only), HasSubstr("weights must be in the file"));
}

TEST(OnnxFile, RefusesTensorWhoseDataDoNotFitItsShape) {
  OnnxBuilder builder = small_network();
  first_weights(&builder)->mutable_float_data()->RemoveLast();
  EXPECT_THAT(refusal(&builder), AllOf(HasSubstr("17 elements"), HasSubstr("needs 18")));
  first_weights(&builder)->set_raw_data(std::string(18 * 4 + 1, '\0'));
  EXPECT_THAT(refusal(&builder), HasSubstr("'constant_0' has data for"));
  first_weights(&builder)->set_dims(0, -2);
  EXPECT_THAT(refusal(&builder), HasSubstr("impossible shape"));
}

TEST(OnnxFile, RefusesWeightsOfUnknownType) {
  OnnxBuilder builder = small_network();
  first_weights(&builder)->set_data_type(onnx::TensorProto::BFLOAT16);
  EXPECT_THAT(refusal(&builder), AllOf(HasSubstr("BFLOAT16"), HasSubstr("supported are FLOAT")));
}

TEST(OnnxFile, ReadsEveryEncodingOfRealNumbers) {
  onnx::TensorProto tensor = column(onnx::TensorProto::FLOAT, 2);
  tensor.set_raw_data(raw<float>({1.5F, -2.0F}));
  EXPECT_EQ(neuron(tensor).parameters[0].weights, (std::vector<float>{1.5F, -2.0F}));

  tensor = column(onnx::TensorProto::DOUBLE, 2);
  tensor.set_raw_data(raw<double>({0.25, -8.0}));
  EXPECT_EQ(neuron(tensor).parameters[0].weights, (std::vector<float>{0.25F, -8.0F}));

  tensor = column(onnx::TensorProto::DOUBLE, 1);
  tensor.add_double_data(3.5);
  EXPECT_EQ(neuron(tensor).parameters[0].weights, (std::vector<float>{3.5F}));

  // 1, -2, 65504 (the largest) and 2^-24 (the smallest).
  tensor = column(onnx::TensorProto::FLOAT16, 4);
  tensor.set_raw_data(raw<std::uint16_t>({0x3C00, 0xC000, 0x7BFF, 0x0001}));
  const std::vector<float> halves = {1.0F, -2.0F, 65504.0F, 5.9604644775390625e-8F};
  EXPECT_EQ(neuron(tensor).parameters[0].weights, halves);
}

TEST(OnnxFile, RefusesFileWithoutOperatorSet) {
  OnnxBuilder builder = small_network();
  builder.model().clear_opset_import();
  EXPECT_THAT(refusal(&builder), HasSubstr("operator-set version"));
  builder.model().set_ir_version(2);
  EXPECT_EQ(refusal(&builder), "");
}

TEST(OnnxFile, TakesConstantsThatAreDeclaredAsInputsToo) {
  OnnxBuilder builder = small_network();
  builder.input("constant_0", {2, 1, 3, 3}).from("Gemm_3_output");
  auto* inputs = builder.model().mutable_graph()->mutable_input();
  inputs->SwapElements(0, 1);
  EXPECT_EQ(read_built(&builder).network.input, (MapShape{1, 4, 4}));
}

TEST(OnnxFile, IgnoresNodesNothingDependsOn) {
  OnnxBuilder builder = small_network();
  const std::string output = builder.current();
  builder.node("Tanh", {output}).from(output);
  EXPECT_EQ(read_built(&builder).network.layers.size(), 2U);
}

TEST(OnnxFile, NamesLayersByNodeOrOutputAndNeverTwice) {
  OnnxBuilder builder;
  builder.input("x", {1, 4});
  builder.node("MatMul", {"x", builder.random({4, 4}, 1.0F)}, {}, "same");
  builder.node("MatMul", {builder.current(), builder.random({4, 4}, 1.0F)}, {}, "same");
  builder.node("MatMul", {builder.current(), builder.random({4, 4}, 1.0F)});
  builder.model().mutable_graph()->mutable_node(2)->clear_name();
  const Model model = read_built(&builder);
  EXPECT_EQ(model.network.layers[0].name, "same");
  EXPECT_EQ(model.network.layers[1].name, "same#2");
  EXPECT_EQ(model.network.layers[2].name, "MatMul_2_output");
}

}  // namespace
}  // namespace airnn::test
