// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "sw/model/message_text.h"
#include "sw/model/node_handlers.h"
#include "sw/model/window_attributes.h"
#include "sw/model/window_shape.h"

namespace airnn::graph {
namespace {

// Weights of a neuron side by side, whatever the file's order.
std::vector<float> transposed(const Tensor& weights) {
  const auto rows = static_cast<std::size_t>(weights.dims[0]);
  const auto columns = static_cast<std::size_t>(weights.dims[1]);
  std::vector<float> result(weights.numbers.size());
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      result[column * rows + row] = weights.numbers[row * columns + column];
    }
  }
  return result;
}

const Tensor& matrix(const NodeReader& node) {
  const Tensor& weights = node.numbers(1, "weights");
  if (weights.dims.size() != 2) {
    node.fail("weights " + node.operand(1) + " of shape " + to_string(weights.dims) +
              " are not supported; supported is a matrix");
  }
  return weights;
}

// `dims` is the shape of the map's row: the map's own, or what turning it makes of it.
void finish_fully_connected(NodeReader* node, std::vector<std::int64_t> dims, bool outputs_first,
                            double alpha, const std::vector<double>& bias) {
  const Tensor& weights = matrix(*node);
  const MapValue& map = node->map(0);
  Operator made = node->start(OperatorKind::linear, 0);
  const std::int64_t outputs = weights.dims[outputs_first ? 0 : 1];
  made.layer_kind = LayerKind::fully_connected;
  made.kernels = checked_side(*node, outputs);
  made.columns = weights.dims[outputs_first ? 1 : 0];
  if (dims.empty() || dims.back() != map.shape.size()) {
    node->fail("reads a map of shape " + to_string(dims) +
               "; supported is a flat vector, [1, N] (Flatten comes before it)");
  }
  if (made.columns != map.shape.size()) {
    node->fail("weights " + node->operand(1) + " of shape " + to_string(weights.dims) + " have " +
               std::to_string(made.columns) + " inputs, but the map has " +
               std::to_string(map.shape.size()) + " elements");
  }
  made.output = {made.kernels, 1, 1};
  made.weights = outputs_first ? weights.numbers : transposed(weights);
  made.scale.assign(static_cast<std::size_t>(outputs), alpha);
  made.shift = bias;
  made.shift.resize(static_cast<std::size_t>(outputs), 0.0);
  dims.back() = outputs;
  node->finish(std::move(made), dims);
}

// One value, or a row of them: spread over a result of one row.
std::vector<double> gemm_bias(const NodeReader& node, std::int64_t outputs) {
  const Tensor& bias = node.numbers(2, "bias");
  const std::vector<std::int64_t>& dims = bias.dims;
  const bool fits = dims.empty() || (dims.size() <= 2 && (dims.size() < 2 || dims[0] == 1) &&
                                     (dims.back() == outputs || dims.back() == 1));
  if (!fits) {
    node.fail("bias " + node.operand(2) + " of shape " + to_string(dims) + " does not fit " +
              std::to_string(outputs) + " outputs");
  }
  const double beta = node.number("beta", 1.0F);
  std::vector<double> result;
  for (std::int64_t i = 0; i < outputs; ++i) {
    result.push_back(beta * bias.numbers[bias.size() == 1 ? 0 : static_cast<std::size_t>(i)]);
  }
  return result;
}

void set_kernels(const NodeReader& node, const Tensor& weights, Operator* made) {
  const std::int64_t groups = node.integer("group", 1);
  const std::int64_t kernels = weights.dims[0];
  const std::int64_t channels = made->input.channels;
  if (groups < 1 || channels % groups != 0 || kernels % groups != 0) {
    node.fail("group " + std::to_string(groups) + " does not divide " + std::to_string(channels) +
              " channels and " + std::to_string(kernels) + " kernels");
  }
  if (weights.dims[1] != channels / groups) {
    node.fail("weights " + node.operand(1) + " of shape " + to_string(weights.dims) + " have " +
              std::to_string(weights.dims[1]) + " channels per kernel, but the map has " +
              std::to_string(channels) + " in " + std::to_string(groups) + " group" +
              (groups == 1 ? "" : "s"));
  }
  const bool depthwise = groups == channels && channels > 1;
  made->layer_kind = depthwise ? LayerKind::depthwise : LayerKind::convolution;
  made->groups = static_cast<std::int32_t>(groups);
  made->kernels = checked_side(node, kernels);
  made->columns = weights.dims[1] * weights.dims[2] * weights.dims[3];
}

std::vector<double> conv_bias(const NodeReader& node, std::int32_t kernels) {
  const auto count = static_cast<std::size_t>(kernels);
  if (!node.has_input(2)) {
    return std::vector<double>(count, 0.0);
  }
  const Tensor& bias = node.numbers(2, "bias");
  if (bias.size() != count || bias.dims.size() != 1) {
    node.fail("bias " + node.operand(2) + " of shape " + to_string(bias.dims) + " has " +
              std::to_string(bias.size()) + " elements for " + std::to_string(kernels) +
              " kernels");
  }
  return {bias.numbers.begin(), bias.numbers.end()};
}

}  // namespace

void read_conv(NodeReader* node) {
  const Tensor& weights = node->numbers(1, "weights");
  if (weights.dims.size() != 4) {
    node->fail(
        "weights " + node->operand(1) + " of shape " + to_string(weights.dims) +
        " are not supported; supported are two-dimensional convolutions, [kernels, channels, "
        "height, width]");
  }
  const MapValue map = read_spatial_map(*node);
  Operator made = node->start(OperatorKind::linear, 0);
  set_kernels(*node, weights, &made);
  made.window = read_window(*node, {weights.dims[2], weights.dims[3]}, map.shape);
  made.output = slide(made.window, map.shape, Rounding::floor);
  if (made.output.height < 1 || made.output.width < 1) {
    node->fail("its kernel of shape " + to_string({weights.dims[2], weights.dims[3]}) +
               " is larger than the padded map of shape " + to_string(map.dims));
  }
  made.output.channels = made.kernels;
  made.weights = weights.numbers;
  made.scale.assign(static_cast<std::size_t>(made.kernels), 1.0);
  made.shift = conv_bias(*node, made.kernels);
  const MapShape output = made.output;
  node->finish(std::move(made), spatial_dims(output, map));
}

void read_gemm(NodeReader* node) {
  std::vector<std::int64_t> dims = node->map(0).dims;
  if (node->integer("transA", 0) != 0) {
    if (dims.size() != 2) {
      node->fail("transA=1 on a map of shape " + to_string(dims) +
                 " is not supported; supported is a column, [N, 1]");
    }
    std::swap(dims[0], dims[1]);
  }
  if (dims.size() != 2 || dims[0] != 1) {
    const std::string rows = dims.size() == 2 ? std::to_string(dims[0]) + " rows, of " : "";
    node->fail("reads " + rows + "a map of shape " + to_string(node->map(0).dims) +
               "; supported is a flat vector, [1, N] (Flatten comes before it)");
  }
  const bool outputs_first = node->integer("transB", 0) != 0;
  const std::int64_t outputs = matrix(*node).dims[outputs_first ? 0 : 1];
  const std::vector<double> bias =
      node->has_input(2) ? gemm_bias(*node, outputs) : std::vector<double>();
  finish_fully_connected(node, std::move(dims), outputs_first, node->number("alpha", 1.0F), bias);
}

void read_matmul(NodeReader* node) {
  finish_fully_connected(node, node->map(0).dims, false, 1.0, {});
}

}  // namespace airnn::graph
