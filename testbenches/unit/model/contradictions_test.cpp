// SPDX-License-Identifier: Apache-2.0
// Files that contradict themselves, or the definition of ONNX.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <onnx/onnx_pb.h>

#include <limits>

#include "sw/format/errors.h"
#include "sw/model/onnx_reader.h"
#include "testbenches/support/source_path.h"
#include "testbenches/unit/model/model_under_test.h"

namespace airnn::test {
namespace {

using Dims = OnnxBuilder::Dims;
using testing::AllOf;
using testing::HasSubstr;

OnnxBuilder network() {
  OnnxBuilder builder;
  builder.input("x", {1, 1, 4, 4}).conv({2, 1, 3, 3}).relu().flatten().gemm(3, 8);
  return builder;
}

TEST(OperatorSets, BeyondWhatIsDefinedAreRefused) {
  constexpr std::int64_t absurd[] = {0,
                                     -1,
                                     26,
                                     1000,
                                     std::numeric_limits<std::int64_t>::min(),
                                     std::numeric_limits<std::int64_t>::max()};
  for (const std::int64_t version : absurd) {
    OnnxBuilder builder = network();
    builder.model().mutable_opset_import(0)->set_version(version);
    EXPECT_THAT(refusal(&builder), AllOf(HasSubstr("version " + std::to_string(version)),
                                         HasSubstr("supported are 1 to 25")));
  }
  OnnxBuilder unset = network();
  unset.model().mutable_opset_import(0)->clear_version();
  EXPECT_THAT(refusal(&unset), HasSubstr("version 0"));
  for (const std::int64_t version : {1, 7, 20, 25}) {
    OnnxBuilder builder = network();
    builder.model().mutable_opset_import(0)->set_version(version);
    EXPECT_EQ(refusal(&builder), "") << version;
  }
}

TEST(OperatorSets, OfOneDomainMustAgreeAndOthersDoNotMatter) {
  OnnxBuilder two = network();
  auto* second = two.model().add_opset_import();
  second->set_domain("ai.onnx");
  second->set_version(11);
  EXPECT_THAT(refusal(&two), HasSubstr("two versions of the ONNX operator set, 13 and 11"));
  second->set_version(13);
  EXPECT_EQ(refusal(&two), "");

  OnnxBuilder foreign = network();
  auto* other = foreign.model().add_opset_import();
  other->set_domain("com.example");
  other->set_version(-7);
  EXPECT_EQ(refusal(&foreign), "");
  foreign.model().mutable_graph()->mutable_node(1)->set_domain("com.example");
  EXPECT_THAT(refusal(&foreign), HasSubstr("(operator com.example.Relu): this operator is not"));
  foreign.model().mutable_opset_import()->DeleteSubrange(0, 1);
  EXPECT_THAT(refusal(&foreign), HasSubstr("names no ONNX operator-set version"));
}

TEST(Names, OfTwoValuesMustDiffer) {
  OnnxBuilder initializers = network();
  auto* graph = initializers.model().mutable_graph();
  *graph->add_initializer() = graph->initializer(0);
  EXPECT_THAT(refusal(&initializers), HasSubstr("two initializers with the name 'constant_0'"));

  OnnxBuilder outputs = network();
  outputs.model().mutable_graph()->mutable_node(1)->set_output(0, "Conv_0_output");
  EXPECT_THAT(refusal(&outputs),
              AllOf(HasSubstr("two values have the name 'Conv_0_output'"),
                    HasSubstr("node 'Conv_0' (operator Conv) and node 'Relu_1' (operator Relu)")));

  OnnxBuilder weights = network();
  weights.model().mutable_graph()->mutable_node(1)->set_output(0, "constant_0");
  EXPECT_THAT(refusal(&weights), HasSubstr("an initializer and node 'Relu_1'"));

  OnnxBuilder input = network();
  input.model().mutable_graph()->mutable_node(1)->set_output(0, "x");
  EXPECT_THAT(refusal(&input), HasSubstr("an input of the graph and node 'Relu_1'"));

  OnnxBuilder inputs = network();
  const std::string last = inputs.current();
  inputs.input("x", {1, 1, 4, 4}).from(last);
  EXPECT_THAT(refusal(&inputs), HasSubstr("two values have the name 'x'"));

  OnnxBuilder unread = network();
  auto* dead = unread.model().mutable_graph()->add_node();
  dead->set_op_type("Relu");
  dead->add_input("x");
  dead->add_output("Conv_0_output");
  EXPECT_THAT(refusal(&unread), HasSubstr("two values have the name 'Conv_0_output'"));
}

TEST(Names, OfTwoAttributesOfANodeMustDiffer) {
  OnnxBuilder builder = network();
  auto* gemm = builder.model().mutable_graph()->mutable_node(3);
  *gemm->add_attribute() = gemm->attribute(0);
  EXPECT_THAT(refusal(&builder), AllOf(HasSubstr("node 'Gemm_3' (operator Gemm)"),
                                       HasSubstr("two attributes with the name 'transB'")));
}

TEST(Names, AreTextWithoutControlCharacters) {
  try {
    read_onnx(source_path("testbenches/cases/node_name_with_nul.onnx"));
    ADD_FAILURE() << "a name with NUL is accepted";
  } catch (const ModelError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("name 'a\\x00b' of a node"), HasSubstr("0x00")));
  }
  const std::vector<std::string> bad = {std::string("a\0b", 3),
                                        "a\nb",
                                        "\x1b[31m",
                                        "\x7f",
                                        "\xff",
                                        "\xc3",
                                        "\xc0\xaf",
                                        "\xed\xa0\x80",
                                        "\xf4\x90\x80\x80",
                                        "\xe2\x82"};
  for (const std::string& name : bad) {
    OnnxBuilder node = network();
    node.model().mutable_graph()->mutable_node(0)->set_name(name);
    EXPECT_THAT(refusal(&node),
                AllOf(HasSubstr("of a node holds the byte"), testing::Not(HasSubstr("\n"))));
    OnnxBuilder value = network();
    value.model().mutable_graph()->mutable_node(0)->set_output(0, name);
    value.model().mutable_graph()->mutable_node(1)->set_input(0, name);
    EXPECT_THAT(refusal(&value), HasSubstr("of an output of node 'Conv_0'"));
    OnnxBuilder weights = network();
    weights.model().mutable_graph()->mutable_initializer(0)->set_name(name);
    EXPECT_THAT(refusal(&weights), HasSubstr("of an initializer"));
    OnnxBuilder input = network();
    input.model().mutable_graph()->mutable_input(0)->set_name(name);
    EXPECT_THAT(refusal(&input), HasSubstr("of an input of the graph"));
    OnnxBuilder type = network();
    type.model().mutable_graph()->mutable_node(0)->set_op_type(name);
    EXPECT_THAT(refusal(&type), HasSubstr("of an operator"));
  }
  OnnxBuilder good = network();
  const std::string greek = "\xce\xb1/\xe2\x82\xac \xf0\x9f\x90\xb1";
  good.model().mutable_graph()->mutable_node(0)->set_name(greek);
  EXPECT_EQ(read_built(&good).network.layers[0].name, greek);
}

struct Operands {
  const char* title;
  const char* type;
  std::vector<std::string> inputs;  // "x" is the map, "w" and "b" constants, "i" a list of integers
  const char* what;
};

// GoogleTest would print the bytes, which differ from run to run.
std::ostream& operator<<(std::ostream& out, const Operands& of) {
  return out << of.title;
}

class WrongOperands : public testing::TestWithParam<Operands> {};

TEST_P(WrongOperands, AreRefusedWithTheirNumberOrKind) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 4, 4});
  auto* graph = builder.model().mutable_graph();
  builder.random({2, 2, 1, 1}, 1.0F);
  graph->mutable_initializer(0)->set_name("w");
  builder.random({2}, 1.0F);
  graph->mutable_initializer(1)->set_name("b");
  builder.integers({1, 1});
  graph->mutable_initializer(2)->set_name("i");
  builder.node(GetParam().type, GetParam().inputs, {}, "n");
  EXPECT_THAT(refusal(&builder),
              AllOf(HasSubstr("node 'n' (operator " + std::string(GetParam().type) + "): "),
                    HasSubstr(GetParam().what)));
}

const Operands kOperands[] = {
    {"ConvWithoutWeights", "Conv", {"x"}, "has 1 inputs; expected are 2 to 3"},
    {"ConvWithEmptyWeights", "Conv", {"x", ""}, "input 1 is missing"},
    {"ConvWithFour", "Conv", {"x", "w", "b", "b"}, "has 4 inputs"},
    {"ConvOfNothing", "Conv", {"", "w"}, "input 0 is missing"},
    {"ConvOfIntegers", "Conv", {"x", "i"}, "are integers; real numbers are expected"},
    {"ConvOfAConstant", "Conv", {"w", "w"}, "is a constant; a feature map is expected"},
    {"ConvWithMapAsBias", "Conv", {"x", "w", "x"}, "must be a constant"},
    {"ConvWithWeightsAsBias", "Conv", {"x", "w", "w"}, "has 4 elements for 2 kernels"},
    {"ReluOfTwo", "Relu", {"x", "x"}, "has 2 inputs; expected are 1"},
    {"ReluOfNothing", "Relu", {}, "has 0 inputs"},
    {"ReluOfAConstant", "Relu", {"w"}, "a feature map is expected"},
    {"AddOfOne", "Add", {"x"}, "has 1 inputs; expected are 2"},
    {"AddOfThree", "Add", {"x", "x", "x"}, "has 3 inputs; expected are 2"},
    {"AddOfNothing", "Add", {"x", ""}, "input 1 is missing"},
    {"AddOfIntegers", "Add", {"x", "i"}, "are integers"},
    {"MulOfMaps", "Mul", {"x", "x"}, "of two maps is not supported"},
    {"DivOfAConstant", "Div", {"w", "x"}, "is not supported"},
    {"BatchNormalizationOfFour", "BatchNormalization", {"x", "b", "b", "b"}, "has 4 inputs"},
    {"BatchNormalizationWithEmpty",
     "BatchNormalization",
     {"x", "b", "b", "b", ""},
     "input 4 is missing"},
    {"ClipOfFour", "Clip", {"x", "", "", ""}, "has 4 inputs"},
    {"ClipWithMapAsBound", "Clip", {"x", "x"}, "min 'x' must be a constant"},
    {"ClipWithListAsBound", "Clip", {"x", "b"}, "must be a single number"},
    {"ReshapeWithoutShape", "Reshape", {"x"}, "has no shape"},
    {"ReshapeWithEmptyShape", "Reshape", {"x", ""}, "has no shape"},
    {"ReshapeByAMap", "Reshape", {"x", "x"}, "must be a constant"},
    {"ReshapeByNumbers", "Reshape", {"x", "b"}, "must be a list of integers"},
    {"PadWithoutPads", "Pad", {"x"}, "has no pads"},
    {"PadWithTooFew", "Pad", {"x", "i"}, "do not fit a map"},
    {"UnsqueezeWithoutAxes", "Unsqueeze", {"x"}, "has no axes"},
    {"SliceOfAMap", "Slice", {"x", "i", "i"}, "of maps is not supported"},
    {"GatherFromAMap", "Gather", {"x", "i"}, "of maps is not supported"},
    {"ConcatOfNothing", "Concat", {}, "has 0 inputs; expected are 1 or more"},
    {"ConstantWithInput", "Constant", {"x"}, "has 1 inputs; expected are 0"},
    {"TransposeOfAMap", "Transpose", {"x"}, "moves its elements"},
    {"MaxPoolOfTwo", "MaxPool", {"x", "w"}, "has 2 inputs"},
    {"ReduceMeanOfAll", "ReduceMean", {"x"}, "along the channels"},
};

INSTANTIATE_TEST_SUITE_P(Nodes, WrongOperands, testing::ValuesIn(kOperands),
                         [](const auto& tested) { return std::string(tested.param.title); });

TEST(Axes, ThatNameADimensionTwiceAreRefused) {
  for (const OnnxBuilder::Dims& axes : {OnnxBuilder::Dims{2, 2}, OnnxBuilder::Dims{-2, 2}}) {
    OnnxBuilder builder(13);
    builder.input("x", {1, 2, 4, 4}).relu();
    builder.node("ReduceMean", {builder.current()}, {{"axes", axes}}, "mean");
    EXPECT_THAT(refusal(&builder),
                AllOf(HasSubstr("node 'mean'"), HasSubstr("axes name dimension 2 twice")));
  }
}

TEST(Training, IsRefused) {
  OnnxBuilder old(6);
  old.input("x", {1, 2, 4, 4}).batch_normalization(2);
  EXPECT_THAT(refusal(&old), HasSubstr("is_test is not 1"));
  OnnxBuilder dropout(13);
  dropout.input("x", {1, 2, 4, 4}).relu();
  const std::string map = dropout.current();
  auto* mode = dropout.model().mutable_graph()->add_initializer();
  mode->set_name("training");
  mode->set_data_type(onnx::TensorProto::BOOL);
  mode->add_int32_data(1);
  dropout.node("Dropout", {map, "", "training"}, {}, "d");
  EXPECT_THAT(refusal(&dropout), AllOf(HasSubstr("node 'd'"), HasSubstr("training_mode is set")));
  mode->set_int32_data(0, 0);
  EXPECT_EQ(refusal(&dropout), "");
}

TEST(Arithmetic, ThatHasNoResultIsRefused) {
  const auto refused = [](const std::string& type, const Dims& a, const Dims& b) {
    OnnxBuilder builder;
    builder.input("x", {1, 2, 4, 4});
    const std::string left = builder.integers(a);
    builder.node(type, {left, builder.integers(b)}, {}, "n");
    builder.node("Reshape", {"x", builder.current()});
    return refusal(&builder);
  };
  constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
  EXPECT_THAT(refused("Div", {1}, {0}), HasSubstr("divides the integer 1 by zero"));
  EXPECT_THAT(refused("Div", {least}, {-1}), HasSubstr("overflows"));
  EXPECT_THAT(refused("Mul", {least}, {-1}), HasSubstr("overflows"));
  EXPECT_THAT(refused("Add", {least}, {-1}), HasSubstr("overflows"));
  EXPECT_THAT(refused("Sub", {least}, {1}), HasSubstr("overflows"));
  EXPECT_THAT(refused("Add", {1, 2}, {1, 2, 3}), HasSubstr("[2] and [3] do not fit"));
  EXPECT_THAT(refused("Div", {-7}, {2}), HasSubstr("cannot reshape"));
}

}  // namespace
}  // namespace airnn::test
