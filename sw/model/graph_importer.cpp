// SPDX-License-Identifier: Apache-2.0
#include "sw/model/graph_importer.h"

#include <algorithm>
#include <utility>

#include "sw/format/errors.h"
#include "sw/model/node_handlers.h"

namespace airnn::graph {
namespace {

using Handler = void (*)(NodeReader*);

const std::vector<std::pair<std::string, Handler>>& network_handlers() {
  static const std::vector<std::pair<std::string, Handler>> table = {
      {"Conv", read_conv},
      {"Gemm", read_gemm},
      {"MatMul", read_matmul},
      {"Relu", read_relu},
      {"Clip", read_clip},
      {"MaxPool", read_max_pool},
      {"AveragePool", read_average_pool},
      {"GlobalAveragePool", read_global_average_pool},
      {"BatchNormalization", read_batch_normalization},
      {"Add", read_add},
      {"Pad", read_pad},
      {"Flatten", read_flatten},
      {"Reshape", read_reshape},
      {"Squeeze", read_squeeze},
      {"Unsqueeze", read_unsqueeze},
      {"Softmax", read_softmax},
      {"Dropout", read_pass_through},
      {"Identity", read_pass_through},
      {"Constant", read_constant},
  };
  return table;
}

// Not named in messages: they have no meaning of their own, only inside the shape of a Reshape.
const std::vector<std::pair<std::string, Handler>>& shape_handlers() {
  static const std::vector<std::pair<std::string, Handler>> table = {
      {"Shape", read_shape}, {"Cast", read_cast},     {"Gather", read_gather},
      {"Slice", read_slice}, {"Concat", read_concat},
  };
  return table;
}

void read_node(NodeReader* node) {
  for (const auto* table : {&network_handlers(), &shape_handlers()}) {
    for (const auto& [type, read] : *table) {
      if (type == node->node().type) {
        read(node);
        return;
      }
    }
  }
  std::string names;
  for (const auto& entry : network_handlers()) {
    names += (names.empty() ? "" : ", ") + entry.first;
  }
  node->fail("this operator is not supported; supported are " + names);
}

[[noreturn]] void refuse_input(const Graph& graph, const Input& input, const std::string& what) {
  throw ModelError(graph.path + ": input '" + input.name + "' " + what);
}

// Like to_string; what the file does not fix is a question mark.
std::string shape_text(const Input& input) {
  std::string text;
  for (const std::int64_t dim : input.dims) {
    text += (text.empty() ? "" : ", ") + (dim == kDynamic ? "?" : std::to_string(dim));
  }
  return "[" + text + "]";
}

// NCHW or NHW with batch 1 or symbolic, CHW, or a flat vector (with or without batch).
MapValue input_map(const Graph& graph, const Input& input) {
  constexpr std::int64_t longest_side = 1 << 16;
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
  while (sides.size() < 3) {
    sides.insert(sides.begin(), 1);
  }
  const auto* side = &sides[sides.size() - 3];
  map.shape = {static_cast<std::int32_t>(side[0]), static_cast<std::int32_t>(side[1]),
               static_cast<std::int32_t>(side[2])};
  return map;
}

const Input& used_input(const Graph& graph) {
  for (const Input& input : graph.inputs) {
    for (const Node& node : graph.nodes) {
      if (std::count(node.inputs.begin(), node.inputs.end(), input.name) > 0) {
        return input;
      }
    }
  }
  throw ModelError(graph.path + ": its output does not depend on an input");
}

}  // namespace

OperatorGraph import_graph(const Graph& graph) {
  OperatorGraph result;
  result.path = graph.path;
  Values values;
  for (const auto& [name, tensor] : graph.constants) {
    values[name].constant = tensor;
  }
  const Input& input = used_input(graph);
  values[input.name].map = input_map(graph, input);
  result.input = values[input.name].map->shape;
  for (const Node& node : graph.nodes) {
    NodeReader reader(graph, node, &values, &result);
    read_node(&reader);
  }
  const auto output = values.find(graph.outputs.front());
  if (output == values.end() || !output->second.map) {
    throw ModelError(graph.path + ": its output '" + graph.outputs.front() +
                     "' is no feature map computed from the input");
  }
  result.set_output(output->second.map->producer);
  result.has_softmax = output->second.map->is_probability;
  if (result.size() == 0) {
    throw ModelError(graph.path + ": its graph computes nothing; at least one layer is expected");
  }
  return result;
}

}  // namespace airnn::graph
