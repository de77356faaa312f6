// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "sw/model/message_text.h"
#include "sw/model/node_handlers.h"

namespace airnn::graph {
namespace {

constexpr float kNoLowerBound = std::numeric_limits<float>::lowest();
constexpr float kNoUpperBound = std::numeric_limits<float>::max();

void finish_activation(NodeReader* node, float low, float high) {
  Operator made = node->start(OperatorKind::activation, 0);
  if (low > 0.0F || high < 0.0F) {
    // Its values may be larger than all before it: what a map's format was chosen for. Behind a
    // scale of 1 they get a format of their own, unless that is folded into the weights before.
    Operator identity = node->start(OperatorKind::affine, 0);
    identity.scale.assign(static_cast<std::size_t>(identity.input.channels), 1.0);
    identity.shift.assign(static_cast<std::size_t>(identity.input.channels), 0.0);
    made.source = node->append(std::move(identity));
  }
  made.low = low;
  made.high = high;
  node->finish(std::move(made), node->map(0).dims);
}

float clip_bound(const NodeReader& node, const std::string& name, std::size_t place,
                 float otherwise) {
  node.check_moved(name, place, 11);
  const float bound =
      node.has_input(place) ? node.scalar(place, name) : node.number(name, otherwise);
  if (std::isnan(bound)) {
    node.fail(name + " is NaN");
  }
  return std::min(std::max(bound, kNoLowerBound), kNoUpperBound);
}

}  // namespace

void read_batch_normalization(NodeReader* node) {
  node->refuse_second_output("statistics of training");
  node->refuse_training();
  if (node->integer("training_mode", 0) != 0 || node->integer("spatial", 1) != 1) {
    node->fail(
        "training_mode=1 and spatial=0 are not supported; supported is inference per channel");
  }
  const MapValue& map = node->map(0);
  const std::size_t rank = map.dims.size();
  if ((rank != 2 && rank != 4) || map.dims[1] != map.shape.channels) {
    node->fail("reads a flattened map of shape " + to_string(map.dims) +
               "; supported are [1, channels, height, width] before Flatten and [1, channels]");
  }
  const char* const roles[] = {"map", "scale", "bias", "mean", "variance"};
  const std::vector<float>* columns[5] = {};
  for (std::size_t i = 1; i < 5; ++i) {
    const Tensor& tensor = node->numbers(i, roles[i]);
    if (tensor.dims != std::vector<std::int64_t>{map.shape.channels}) {
      node->fail(std::string(roles[i]) + " " + node->operand(i) + " of shape " +
                 to_string(tensor.dims) + " has " + std::to_string(tensor.size()) +
                 " elements for " + std::to_string(map.shape.channels) + " channels");
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
