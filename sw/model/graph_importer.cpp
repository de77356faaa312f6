// SPDX-License-Identifier: Apache-2.0
#include "sw/model/graph_importer.h"

#include <functional>
#include <limits>
#include <numeric>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "sw/format/errors.h"
#include "sw/model/message_text.h"
#include "sw/model/node_handlers.h"

namespace airnn::graph {
namespace {

// An operator, who reads it, and how many inputs its definition has; the first `least` must be
// there.
struct Rule {
  const char* type;
  void (*read)(NodeReader*);
  std::size_t least;
  std::size_t most;
};

constexpr std::size_t kAny = std::numeric_limits<std::size_t>::max();

constexpr Rule kNetworkRules[] = {
    {"Conv", read_conv, 2, 3},
    {"Gemm", read_gemm, 2, 3},
    {"MatMul", read_matmul, 2, 2},
    {"Relu", read_relu, 1, 1},
    {"Clip", read_clip, 1, 3},
    {"MaxPool", read_max_pool, 1, 1},
    {"AveragePool", read_average_pool, 1, 1},
    {"GlobalAveragePool", read_global_average_pool, 1, 1},
    {"GlobalMaxPool", read_global_max_pool, 1, 1},
    {"ReduceMean", read_reduce_mean, 1, 2},
    {"BatchNormalization", read_batch_normalization, 5, 5},
    {"Add", read_add, 2, 2},
    {"Sub", read_sub, 2, 2},
    {"Mul", read_mul, 2, 2},
    {"Div", read_div, 2, 2},
    {"Pad", read_pad, 1, 4},
    {"Flatten", read_flatten, 1, 1},
    {"Reshape", read_reshape, 1, 2},
    {"Squeeze", read_squeeze, 1, 2},
    {"Unsqueeze", read_unsqueeze, 1, 2},
    {"Transpose", read_transpose, 1, 1},
    {"Softmax", read_softmax, 1, 1},
    {"Dropout", read_dropout, 1, 3},
    {"Identity", read_identity, 1, 1},
    {"Constant", read_constant, 0, 0},
};

// Not named in messages: they have no meaning of their own, only inside of shapes and pads.
constexpr Rule kShapeRules[] = {
    {"Shape", read_shape, 1, 1},      {"Size", read_size, 1, 1},
    {"Cast", read_cast, 1, 1},        {"Floor", read_floor, 1, 1},
    {"Gather", read_gather, 2, 2},    {"Slice", read_slice, 1, 5},
    {"Concat", read_concat, 1, kAny}, {"ConstantOfShape", read_constant_of_shape, 1, 1},
};

const std::unordered_map<std::string, Rule>& rules() {
  static const auto* const table = [] {
    auto* made = new std::unordered_map<std::string, Rule>();
    for (const Rule& rule : kNetworkRules) {
      made->emplace(rule.type, rule);
    }
    for (const Rule& rule : kShapeRules) {
      made->emplace(rule.type, rule);
    }
    return made;
  }();
  return *table;
}

void check_input_count(const NodeReader& node, const Rule& rule) {
  const std::size_t count = node.input_count();
  if (count < rule.least || count > rule.most) {
    const std::string most = rule.most == kAny         ? " or more"
                             : rule.most == rule.least ? ""
                                                       : " to " + std::to_string(rule.most);
    node.fail("has " + std::to_string(count) + " inputs; expected are " +
              std::to_string(rule.least) + most);
  }
  for (std::size_t place = 0; place < rule.least; ++place) {
    if (!node.has_input(place)) {
      node.fail("input " + std::to_string(place) + " is missing: its name is empty");
    }
  }
}

void read_node(NodeReader* node) {
  const auto rule = rules().find(node->node().type);
  if (rule != rules().end()) {
    check_input_count(*node, rule->second);
    rule->second.read(node);
    return;
  }
  std::string names;
  for (const Rule& known : kNetworkRules) {
    names += (names.empty() ? "" : ", ") + std::string(known.type);
  }
  node->fail("this operator is not supported; supported are " + names);
}

[[noreturn]] void refuse_input(const Graph& graph, const Input& input, const std::string& what) {
  throw ModelError(shown(graph.path) + ": input '" + shown(input.name) + "' " + what);
}

// Like to_string; what the file does not fix is a question mark.
std::string shape_text(const Input& input) {
  std::string text = to_string(input.dims);
  const std::string dynamic = std::to_string(kDynamic);
  for (std::size_t at = text.find(dynamic); at != std::string::npos; at = text.find(dynamic, at)) {
    text.replace(at, dynamic.size(), "?");
  }
  return text;
}

// NCHW or NHW with batch 1 or symbolic, CHW, or a flat vector (with or without batch).
MapValue input_map(const Graph& graph, const Input& input) {
  constexpr std::int64_t longest_side = 1 << 16;
  constexpr std::int64_t largest_map = std::int64_t{1} << 31;
  if (!input.is_float || !input.has_shape) {
    refuse_input(graph, input, "must be a tensor of real numbers with a shape");
  }
  MapValue map;
  map.dims = input.dims;
  const std::size_t rank = input.dims.size();
  const bool has_batch = rank == 4 || rank == 2 || (rank == 3 && input.dims[0] == kDynamic);
  if (rank < 1 || rank > 4 || (has_batch && input.dims[0] != 1 && input.dims[0] != kDynamic)) {
    refuse_input(graph, input,
                 "has shape " + shape_text(input) +
                     "; supported are [1, channels, height, width], [channels, height, width] and "
                     "[1, elements], where the batch 1 may be symbolic");
  }
  if (has_batch) {
    map.dims[0] = 1;
  }
  for (std::size_t i = 0; i < rank; ++i) {
    if (map.dims[i] == kDynamic || map.dims[i] > longest_side) {
      refuse_input(graph, input,
                   "has shape " + shape_text(input) + ": dimension " + std::to_string(i) +
                       " must be a fixed number up to " + std::to_string(longest_side) +
                       "; only the batch may be symbolic");
    }
  }
  std::vector<std::int64_t> sides = map.dims;
  const auto elements =
      std::accumulate(sides.begin(), sides.end(), std::int64_t{1}, std::multiplies<>());
  if (elements > largest_map) {
    refuse_input(graph, input, "has shape " + shape_text(input) + ", which is too large");
  }
  while (sides.size() < 3) {
    sides.insert(sides.begin(), 1);
  }
  const auto* side = &sides[sides.size() - 3];
  map.shape = {static_cast<std::int32_t>(side[0]), static_cast<std::int32_t>(side[1]),
               static_cast<std::int32_t>(side[2])};
  return map;
}

// The first input that a node reads; none where the output depends on none.
const Input* used_input(const Graph& graph) {
  std::unordered_set<std::string> read;
  for (const Node& node : graph.nodes) {
    read.insert(node.inputs.begin(), node.inputs.end());
  }
  for (const Input& input : graph.inputs) {
    if (read.count(input.name) > 0) {
      return &input;
    }
  }
  return nullptr;
}

}  // namespace

OperatorGraph import_graph(const Graph& graph) {
  Import import;
  import.operators.path = graph.path;
  for (const auto& [name, tensor] : graph.constants) {
    import.values[name].constant = tensor;
  }
  const Input* input = used_input(graph);
  if (input != nullptr) {
    const MapValue map = input_map(graph, *input);
    import.values[input->name].map = map;
    import.operators.input = map.shape;
  }
  for (const Node& node : graph.nodes) {
    NodeReader reader(graph, node, &import);
    read_node(&reader);
  }
  if (input == nullptr) {
    throw ModelError(shown(graph.path) + ": its output does not depend on an input");
  }
  const auto output = import.values.find(graph.outputs.front());
  if (output == import.values.end() || !output->second.map) {
    throw ModelError(shown(graph.path) + ": its output '" + shown(graph.outputs.front()) +
                     "' is no feature map computed from the input");
  }
  import.operators.set_output(output->second.map->producer);
  import.operators.has_softmax = output->second.map->is_probability;
  return std::move(import.operators);
}

}  // namespace airnn::graph
