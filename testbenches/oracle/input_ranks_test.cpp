// SPDX-License-Identifier: Apache-2.0
// Inputs of all ranks: an operator that is not defined for a rank is refused, and what is accepted
// is what the operators' definitions say.
#include <gtest/gtest.h>

#include <cstdio>
#include <exception>
#include <functional>
#include <string>
#include <vector>

#include "sw/format/errors.h"
#include "testbenches/oracle/import_check.h"
#include "testbenches/support/onnx_builder.h"

namespace airnn::test {
namespace {

using Dims = OnnxBuilder::Dims;
using List = OnnxAttribute::Integers;

struct Step {
  const char* name;
  std::function<void(OnnxBuilder*)> apply;
};

void add_node(OnnxBuilder* graph, const char* type,
              const std::vector<OnnxAttribute>& attributes = {},
              const std::vector<std::string>& more = {}) {
  std::vector<std::string> inputs{graph->current()};
  inputs.insert(inputs.end(), more.begin(), more.end());
  graph->node(type, inputs, attributes);
}

Step named(const char* name, std::function<void(OnnxBuilder*)> apply) {
  return {name, std::move(apply)};
}

Step reshape(const char* name, const Dims& shape) {
  return named(name, [shape](OnnxBuilder* graph) {
    const std::string dims = graph->integers(shape);
    add_node(graph, "Reshape", {}, {dims});
  });
}

Step dense(const char* type, const Dims& weights, bool transposed = false) {
  return named(type, [=](OnnxBuilder* graph) {
    const std::string name = graph->random(weights, 1);
    add_node(graph, type,
             transposed ? std::vector<OnnxAttribute>{{"transA", 1}} : std::vector<OnnxAttribute>{},
             {name});
  });
}

/// What may come first. Many of them do not fit many inputs.
std::vector<Step> first_steps() {
  std::vector<Step> steps = {
      named("Relu", [](OnnxBuilder* graph) { graph->relu(); }),
      named("Flatten", [](OnnxBuilder* graph) { graph->flatten(); }),
      named("Flatten 0",
            [](OnnxBuilder* graph) {
              add_node(graph, "Flatten", {{"axis", 0}});
            }),
      named("Flatten -1",
            [](OnnxBuilder* graph) {
              add_node(graph, "Flatten", {{"axis", -1}});
            }),
      named("Softmax", [](OnnxBuilder* graph) { graph->softmax(); }),
      named("MaxPool", [](OnnxBuilder* graph) { graph->max_pool(2, 1); }),
      named("AveragePool 1",
            [](OnnxBuilder* graph) {
              add_node(graph, "AveragePool", {{"kernel_shape", List{2}}});
            }),
      named("GlobalAveragePool", [](OnnxBuilder* graph) { graph->global_average_pool(); }),
      named("GlobalMaxPool", [](OnnxBuilder* graph) { add_node(graph, "GlobalMaxPool"); }),
      named("Squeeze", [](OnnxBuilder* graph) { add_node(graph, "Squeeze"); }),
      named("Transpose", [](OnnxBuilder* graph) { add_node(graph, "Transpose"); }),
      named("ReduceMean",
            [](OnnxBuilder* graph) {
              add_node(graph, "ReduceMean", {{"axes", List{-1}}});
            }),
      named("ReduceMean flat",
            [](OnnxBuilder* graph) {
              add_node(graph, "ReduceMean", {{"axes", List{-1, -2}}, {"keepdims", 0}});
            }),
      reshape("Reshape to a row", {1, -1}),
      reshape("Reshape to a vector", {-1}),
      reshape("Reshape to a map", {1, 3, 2, -1}),
  };
  for (const Dims& weights :
       {Dims{4, 3, 2, 2}, Dims{4, 1, 2, 2}, Dims{4, 3, 2}, Dims{4, 1, 1, 1}}) {
    steps.push_back(dense("Conv", weights));
  }
  for (const Dims& weights : {Dims{12, 4}, Dims{2, 4}, Dims{3, 4}, Dims{1, 4}}) {
    steps.push_back(dense("Gemm", weights));
    steps.push_back(dense("Gemm", weights, true));
    steps.push_back(dense("MatMul", weights));
  }
  for (const std::int64_t channels : {1, 2, 3, 12}) {
    steps.push_back(named("BatchNormalization", [channels](OnnxBuilder* graph) {
      graph->batch_normalization(channels);
    }));
    for (const Dims& dims : {Dims{channels}, Dims{channels, 1, 1}}) {
      steps.push_back(named("Add", [dims](OnnxBuilder* graph) {
        const std::string other = graph->random(dims, 1);
        add_node(graph, "Add", {}, {other});
      }));
    }
  }
  for (const Dims& axes : {Dims{0}, Dims{1}, Dims{-1}, Dims{0, 1}}) {
    steps.push_back(named("Unsqueeze", [axes](OnnxBuilder* graph) {
      const std::string list = graph->integers(axes);
      add_node(graph, "Unsqueeze", {}, {list});
    }));
  }
  for (const std::size_t rank : {1U, 2U, 3U, 4U}) {
    steps.push_back(named("Pad", [rank](OnnxBuilder* graph) {
      Dims pads(2 * rank, 0);
      pads.back() = 1;
      const std::string list = graph->integers(pads);
      add_node(graph, "Pad", {}, {list});
    }));
  }
  return steps;
}

/// What makes a network of it, if anything fits.
std::vector<Step> last_steps() {
  return {named("nothing", [](OnnxBuilder*) {}),
          dense("Gemm", {12, 4}),
          dense("MatMul", {12, 4}),
          dense("MatMul", {2, 4}),
          dense("Conv", {4, 3, 1, 1}),
          dense("Conv", {4, 1, 1, 1}),
          named("BatchNormalization", [](OnnxBuilder* graph) { graph->batch_normalization(3); }),
          named("Flatten and Gemm", [](OnnxBuilder* graph) { graph->flatten().gemm(4, 12); })};
}

TEST(InputRanks, AreRefusedOrImportedAsTheirOperatorsAreDefined) {
  int accepted = 0;
  int refused = 0;
  for (const Dims& dims : std::vector<Dims>{{12},
                                            {1, 12},
                                            {-1, 12},
                                            {12, 1},
                                            {3, 2, 2},
                                            {1, 3, 4},
                                            {1, 2, 6},
                                            {12, 1, 1},
                                            {-1, 3, 4},
                                            {-1, 12, 1},
                                            {1, 3, 2, 2},
                                            {-1, 1, 2, 6},
                                            {1, 12, 1, 1}}) {
    for (const Step& first : first_steps()) {
      for (const Step& last : last_steps()) {
        std::string trace = "[";
        for (const std::int64_t side : dims) {
          trace += std::to_string(side) + " ";
        }
        SCOPED_TRACE(trace + "] " + first.name + ", " + last.name);
        OnnxBuilder graph;
        graph.input("x", dims);
        first.apply(&graph);
        last.apply(&graph);
        try {
          const Deviation deviation = check_import_of_bytes(graph.bytes(), 1);
          ++accepted;
          EXPECT_LT(deviation.in_float, 1e-4);
          EXPECT_LT(deviation.in_fixed, 1e-4);
        } catch (const ModelError&) {
          ++refused;
        } catch (const std::exception& error) {
          ADD_FAILURE() << error.what();
        }
      }
    }
  }
  std::printf("%d accepted, %d refused\n", accepted, refused);
  EXPECT_GT(accepted, 300);
  EXPECT_GT(refused, 300);
}

}  // namespace
}  // namespace airnn::test
