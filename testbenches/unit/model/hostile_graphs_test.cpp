// SPDX-License-Identifier: Apache-2.0
// Files that claim, grow or repeat more than a network of the machine could.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <onnx/onnx_pb.h>

#include "sw/format/errors.h"
#include "sw/model/onnx_reader.h"
#include "testbenches/support/effort.h"
#include "testbenches/support/source_path.h"
#include "testbenches/unit/model/model_under_test.h"

namespace airnn::test {
namespace {

using Dims = OnnxBuilder::Dims;
using testing::AllOf;
using testing::HasSubstr;
using testing::SizeIs;

std::string refusal_of_case(const std::string& name) {
  try {
    read_onnx(source_path("testbenches/cases/" + name));
  } catch (const ModelError& error) {
    return error.what();
  }
  return {};
}

constexpr int kMany = 100'000;
/// Nodes of a chain: what compares all of them with each other takes minutes.
constexpr int kChain = kSanitized ? 25'000 : 100'000;

OnnxBuilder small(const Dims& dims = {1, 2, 4, 4}) {
  OnnxBuilder builder;
  builder.input("x", dims);
  return builder;
}

TEST(HostileGraphs, ListsThatDoubleWithEveryNodeAreBounded) {
  EXPECT_THAT(refusal_of_case("concat_doubles_40_times.onnx"),
              AllOf(HasSubstr("node 's15' (operator Concat)"), HasSubstr("up to 65536 elements")));
}

TEST(HostileGraphs, ShapesOfConstantsAreBoundedBeforeTheyAreFilled) {
  OnnxBuilder filled = small();
  filled.node("ConstantOfShape", {filled.integers({1 << 20, 1 << 20, 1 << 20})}, {}, "c");
  filled.node("Reshape", {"x", filled.current()});
  EXPECT_THAT(refusal(&filled), AllOf(HasSubstr("node 'c'"), HasSubstr("up to 65536 elements")));

  OnnxBuilder gathered = small();
  const std::string rows = gathered.integers(Dims(1000, 0));
  const std::string table = gathered.node("Unsqueeze", {rows, gathered.integers({0})}).current();
  gathered.node("Gather", {table, rows}, {{"axis", 1}});
  gathered.node("Gather", {table, gathered.integers(Dims(1000, 0))}, {{"axis", 0}}, "g");
  gathered.node("Reshape", {"x", gathered.current()});
  EXPECT_THAT(refusal(&gathered), AllOf(HasSubstr("node 'g'"), HasSubstr("[1000, 1000]")));

  OnnxBuilder spread = small();
  const std::string row = spread.integers(Dims(1000, 1));
  const std::string column = spread.node("Unsqueeze", {row, spread.integers({1})}).current();
  spread.node("Mul", {row, column}, {}, "m");
  spread.node("Reshape", {"x", spread.current()});
  EXPECT_THAT(refusal(&spread), AllOf(HasSubstr("node 'm'"), HasSubstr("more than 65536")));

  OnnxBuilder large = small();
  const std::string list = large.integers(Dims(70'000, 1));
  large.node("Slice", {list, large.integers({0}), large.integers({2})}, {}, "s");
  large.node("Reshape", {"x", large.current()});
  EXPECT_THAT(refusal(&large), AllOf(HasSubstr("node 's'"), HasSubstr("has 70000 elements")));
}

TEST(HostileGraphs, ConstantsCopiedByManyNodesAreBoundedTogether) {
  OnnxBuilder builder = small();
  const std::string list = builder.integers(Dims(60'000, 1));
  std::string all = list;
  for (int i = 0; i < 1000; ++i) {
    all = builder.node("Reshape", {all, builder.integers({-1})}).current();
  }
  builder.node("Slice", {all, builder.integers({0}), builder.integers({1})});
  builder.node("Reshape", {"x", builder.current()});
  EXPECT_THAT(refusal(&builder), HasSubstr("more than 16777216 computed integers"));
}

TEST(HostileGraphs, ChannelsScaledByManyNodesAreBoundedTogether) {
  OnnxBuilder channels = small({1, 65536, 1, 1});
  const std::string one = channels.scalar(1.0F);
  for (int i = 0; i < 1000; ++i) {
    channels.add(one);
  }
  EXPECT_THAT(refusal(&channels), HasSubstr("more than 8388608 scaled channels"));
}

TEST(HostileGraphs, ClaimedSizesAreNotAllocated) {
  OnnxBuilder tensor = small();
  auto* claimed = tensor.model().mutable_graph()->add_initializer();
  claimed->set_name("w");
  claimed->set_data_type(onnx::TensorProto::FLOAT);
  for (int i = 0; i < 4; ++i) {
    claimed->add_dims(std::int64_t{1} << 40);
  }
  tensor.node("Conv", {"x", "w"});
  EXPECT_THAT(refusal(&tensor), HasSubstr("impossible shape"));

  OnnxBuilder dimensions = small();
  auto* deep = dimensions.model().mutable_graph()->add_initializer();
  deep->set_name("w");
  deep->set_data_type(onnx::TensorProto::FLOAT);
  for (int i = 0; i < kMany; ++i) {
    deep->add_dims(1);
  }
  deep->add_float_data(1.0F);
  dimensions.node("Conv", {"x", "w"});
  EXPECT_THAT(refusal(&dimensions), HasSubstr("has 100000 dimensions; supported are up to 16"));

  OnnxBuilder input = small({1, 65536, 65536, 65536});
  input.relu();
  EXPECT_THAT(refusal(&input), AllOf(HasSubstr("input 'x'"), HasSubstr("too large")));
}

TEST(HostileGraphs, ShapesOfMapsHaveFewDimensions) {
  OnnxBuilder builder = small();
  builder.relu();
  builder.node("Reshape", {builder.current(), builder.integers(Dims(50'000, 1))}, {}, "r");
  EXPECT_THAT(refusal(&builder), AllOf(HasSubstr("node 'r'"), SizeIs(testing::Lt(1000U))));
  OnnxBuilder unsqueezed = small();
  Dims axes;
  for (int i = 0; i < 50; ++i) {
    axes.push_back(i);
  }
  unsqueezed.relu().node("Unsqueeze", {unsqueezed.current(), unsqueezed.integers(axes)}, {}, "u");
  EXPECT_THAT(refusal(&unsqueezed), AllOf(HasSubstr("node 'u'"), HasSubstr("up to 16")));
}

TEST(HostileGraphs, NamesInMessagesAreCut) {
  const std::string name(100'000, 'n');
  OnnxBuilder node = small();
  node.node("Tanh", {"x"}, {}, name);
  EXPECT_THAT(refusal(&node),
              AllOf(HasSubstr(std::string(200, 'n') + "...'"), SizeIs(testing::Lt(1000U))));
  OnnxBuilder type = small();
  type.node(name, {"x"});
  EXPECT_THAT(refusal(&type), AllOf(HasSubstr("not supported"), SizeIs(testing::Lt(1200U))));
  OnnxBuilder operand = small();
  operand.node("Relu", {name});
  EXPECT_THAT(refusal(&operand), AllOf(HasSubstr("reads 'nnn"), SizeIs(testing::Lt(1000U))));
  OnnxBuilder mode = small();
  mode.node("MaxPool", {"x"}, {{"auto_pad", name.c_str()}, {"kernel_shape", Dims{1, 1}}});
  EXPECT_THAT(refusal(&mode), AllOf(HasSubstr("auto_pad 'nnn"), SizeIs(testing::Lt(1000U))));
  OnnxBuilder list = small();
  list.node("MaxPool", {"x"}, {{"pads", Dims(kMany, 7)}, {"kernel_shape", Dims{1, 1}}});
  EXPECT_THAT(refusal(&list), AllOf(HasSubstr("(100000 numbers)"), SizeIs(testing::Lt(1000U))));
}

TEST(HostileGraphs, CyclesAreReadsOfLaterNodes) {
  OnnxBuilder builder = small();
  builder.node("Add", {"x", "Relu_1_output"}, {}, "a").relu();
  EXPECT_THAT(refusal(&builder), AllOf(HasSubstr("node 'a'"), HasSubstr("reads 'Relu_1_output'")));
  OnnxBuilder self = small();
  self.node("Add", {"x", "Add_0_output"}, {}, "a");
  EXPECT_THAT(refusal(&self), AllOf(HasSubstr("node 'a'"), HasSubstr("reads 'Add_0_output'")));
}

TEST(HostileGraphs, GraphsInsideOfAttributesAreNoRecursion) {
  OnnxBuilder builder = small();
  builder.node("If", {"x"}, {}, "i");
  onnx::GraphProto* graph = builder.model().mutable_graph();
  for (int depth = 0; depth < 200; ++depth) {
    onnx::NodeProto* inner = graph->node_size() == 0 ? graph->add_node() : graph->mutable_node(0);
    onnx::AttributeProto* attribute = inner->add_attribute();
    attribute->set_name("then_branch");
    attribute->set_type(onnx::AttributeProto::GRAPH);
    graph = attribute->mutable_g();
  }
  EXPECT_THAT(refusal(&builder), HasSubstr("not a complete ONNX file"));
}

TEST(HostileGraphs, OfManyNodesAreReadWithoutComparingAllWithAll) {
  OnnxBuilder chain = small();
  for (int i = 0; i < kChain; ++i) {
    chain.relu();
  }
  EXPECT_EQ(read_built(&chain).network.layers.size(), 1U);

  OnnxBuilder identities = small();
  identities.relu();
  for (int i = 0; i < kChain; ++i) {
    identities.node("Identity", {identities.current()});
  }
  EXPECT_EQ(read_built(&identities).network.layers.size(), 1U);

  OnnxBuilder affine = small();
  const std::string one = affine.scalar(1.0F);
  for (int i = 0; i < kChain; ++i) {
    affine.add(one);
  }
  EXPECT_EQ(read_built(&affine).network.layers.size(), 1U);
}

TEST(HostileGraphs, OfManyReadersOfOneMapAreReadWithoutComparingAllWithAll) {
  OnnxBuilder builder = small();
  std::string sum = "x";
  for (int i = 0; i < kChain / 4; ++i) {
    sum = builder.node("Add", {sum, "x"}).current();
  }
  EXPECT_EQ(read_built(&builder).network.layers.size(), static_cast<std::size_t>(kChain / 4));
}

TEST(HostileGraphs, OfMoreLayersThanAnImageHoldsAreRefused) {
  constexpr int kLayers = 66'000;
  OnnxBuilder builder = small();
  for (int i = 0; i < kLayers; ++i) {
    builder.max_pool(1, 1);
  }
  EXPECT_THAT(refusal(&builder), HasSubstr("has 66000 layers; supported are up to 65534"));
}

}  // namespace
}  // namespace airnn::test
