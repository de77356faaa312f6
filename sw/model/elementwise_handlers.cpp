// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>

#include "sw/model/node_handlers.h"

namespace airnn::graph {
namespace {

constexpr float kNoLowerBound = std::numeric_limits<float>::lowest();
constexpr float kNoUpperBound = std::numeric_limits<float>::max();

// Place of the channels in the ONNX shape; a flat vector's elements are channels.
std::size_t channel_axis(const MapValue& map) {
  return map.dims.size() < 3 ? map.dims.size() - 1 : map.dims.size() - 3;
}

// The shape must be channels first: a flattened view of height x width has no channels left.
void require_channels(const NodeReader& node, const MapValue& map) {
  if (map.dims.empty() || map.dims[channel_axis(map)] != map.shape.channels) {
    node.fail("reads a flattened map of shape " + to_string(map.dims) +
              "; supported is one value per channel before Flatten");
  }
}

// The constant operand of an addition, spread over the channels.
std::vector<double> per_channel(const NodeReader& node, const Tensor& tensor, const MapValue& map) {
  const std::size_t axis = channel_axis(map);
  bool fits = tensor.dims.size() <= map.dims.size();
  for (std::size_t i = 0; fits && i < tensor.dims.size(); ++i) {
    const std::size_t place = i + map.dims.size() - tensor.dims.size();
    fits = tensor.dims[i] == 1 || (place == axis && tensor.dims[i] == map.dims[axis]);
  }
  if (!fits) {
    node.fail("constant '" + tensor.name + "' of shape " + to_string(tensor.dims) +
              " is not supported on a map of shape " + to_string(map.dims) +
              "; supported is one value per channel");
  }
  std::vector<double> values(tensor.numbers.begin(), tensor.numbers.end());
  if (values.size() == 1) {
    values.resize(static_cast<std::size_t>(map.shape.channels), values.front());
  }
  return values;
}

void finish_activation(NodeReader* node, float low, float high) {
  Operator made = node->start(OperatorKind::activation, 0);
  made.low = low;
  made.high = high;
  node->finish(std::move(made), node->map(0).dims);
}

float clip_bound(const NodeReader& node, const std::string& name, std::size_t place,
                 float otherwise) {
  const float bound =
      node.has_input(place) ? node.scalar(place, name) : node.number(name, otherwise);
  if (std::isnan(bound)) {
    node.fail(name + " is NaN");
  }
  return std::min(std::max(bound, kNoLowerBound), kNoUpperBound);
}

void add_constant(NodeReader* node, std::size_t map_place) {
  const MapValue& map = node->map(map_place);
  require_channels(*node, map);
  Operator made = node->start(OperatorKind::affine, map_place);
  made.shift = per_channel(*node, node->numbers(1 - map_place, "bias"), map);
  made.scale.assign(made.shift.size(), 1.0);
  node->finish(std::move(made), map.dims);
}

}  // namespace

void read_add(NodeReader* node) {
  if (node->is_constant(0) || node->is_constant(1)) {
    add_constant(node, node->is_constant(0) ? 1 : 0);
    return;
  }
  const MapValue& left = node->map(0);
  const MapValue& right = node->map(1);
  if (left.dims != right.dims || !(left.shape == right.shape)) {
    node->fail("adds maps of shapes " + to_string(left.dims) + " and " + to_string(right.dims) +
               "; supported are maps of one shape");
  }
  Operator made = node->start(OperatorKind::addition, 0);
  made.skip = right.producer;
  node->finish(std::move(made), left.dims);
}

void read_batch_normalization(NodeReader* node) {
  node->refuse_second_output("statistics of training");
  if (node->integer("training_mode", 0) != 0 || node->integer("spatial", 1) != 1) {
    node->fail(
        "training_mode=1 and spatial=0 are not supported; supported is inference per channel");
  }
  const MapValue& map = node->map(0);
  require_channels(*node, map);
  const char* const roles[] = {"map", "scale", "bias", "mean", "variance"};
  const std::vector<float>* columns[5] = {};
  for (std::size_t i = 1; i < 5; ++i) {
    const Tensor& tensor = node->numbers(i, roles[i]);
    if (tensor.size() != static_cast<std::size_t>(map.shape.channels)) {
      node->fail(std::string(roles[i]) + " '" + tensor.name + "' has " +
                 std::to_string(tensor.size()) + " elements for " +
                 std::to_string(map.shape.channels) + " channels");
    }
    columns[i] = &tensor.numbers;
  }
  const double epsilon = node->number("epsilon", 1e-5F);
  Operator made = node->start(OperatorKind::affine, 0);
  for (std::size_t c = 0; c < columns[1]->size(); ++c) {
    const double variance = (*columns[4])[c] + epsilon;
    if (!(variance > 0.0)) {
      node->fail("variance of channel " + std::to_string(c) + " plus epsilon is not positive");
    }
    const double scale = (*columns[1])[c] / std::sqrt(variance);
    made.scale.push_back(scale);
    made.shift.push_back((*columns[2])[c] - scale * (*columns[3])[c]);
  }
  node->finish(std::move(made), map.dims);
}

void read_relu(NodeReader* node) {
  finish_activation(node, 0.0F, kNoUpperBound);
}

void read_clip(NodeReader* node) {
  const float low = clip_bound(*node, "min", 1, kNoLowerBound);
  const float high = clip_bound(*node, "max", 2, kNoUpperBound);
  if (low > high) {
    node->fail("min " + std::to_string(low) + " is above max " + std::to_string(high));
  }
  if (low == kNoLowerBound && high == kNoUpperBound) {
    node->deliver({node->map(0), nullptr});
    return;
  }
  finish_activation(node, low, high);
}

}  // namespace airnn::graph
