// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "sw/model/message_text.h"
#include "sw/model/node_handlers.h"
#include "sw/model/rearranged.h"

namespace airnn::graph {
namespace {

using Dims = std::vector<std::int64_t>;

// Saturates far above any map, so that absurd shapes of a damaged file cannot overflow.
std::int64_t product(Dims::const_iterator from, Dims::const_iterator to) {
  constexpr std::int64_t most = std::int64_t{1} << 48;
  std::int64_t result = 1;
  for (; from != to; ++from) {
    if (*from > 0 && result > most / *from) {
      return most;
    }
    result *= *from;
  }
  return result;
}

std::int64_t product(const Dims& dims) {
  return product(dims.begin(), dims.end());
}

Dims operand_dims(const NodeReader& node) {
  const Value& operand = node.value(0);
  return operand.map ? operand.map->dims : node.constant(0, "operand").dims;
}

// The same elements under another shape. A map must stay channels x height x width or become flat.
void deliver_view(NodeReader* node, const Dims& dims) {
  Value view = node->value(0);
  if (view.constant) {
    Tensor tensor = *view.constant;
    tensor.dims = dims;
    node->deliver(std::move(tensor));
    return;
  }
  if (dims.size() > kMostDimensions) {
    node->fail("reshapes a map to " + std::to_string(dims.size()) +
               " dimensions; supported are up to " + std::to_string(kMostDimensions));
  }
  const Dims before = view.map->dims;
  view.map->dims = dims;
  const bool flat = std::count_if(dims.begin(), dims.end(), [](auto dim) { return dim != 1; }) <= 1;
  if (!flat && !view.map->is_unflattened()) {
    node->fail("reshapes a map from " + to_string(before) + " to " + to_string(dims) +
               "; supported is only flattening to [1, N]");
  }
  node->deliver(view);
}

Dims resolve(const NodeReader& node, const Dims& from, Dims target) {
  for (std::size_t i = 0; i < target.size(); ++i) {
    if (target[i] == 0 && i < from.size() && node.integer("allowzero", 0) == 0) {
      target[i] = from[i];
    }
  }
  const auto open = std::find(target.begin(), target.end(), -1);
  if (open != target.end()) {
    *open = 1;
    const std::int64_t known = product(target);
    *open = known > 0 ? product(from) / known : 0;
  }
  const bool possible =
      std::all_of(target.begin(), target.end(), [](std::int64_t dim) { return dim > 0; });
  if (!possible || product(target) != product(from)) {
    node.fail("cannot reshape from " + to_string(from) + " to " + to_string(target));
  }
  return target;
}

// Attribute perm: each axis once. Without it the order is turned round.
Dims axis_order(const NodeReader& node, std::size_t rank) {
  Dims axes;
  for (std::size_t axis = 0; axis < rank; ++axis) {
    axes.push_back(static_cast<std::int64_t>(axis));
  }
  Dims order(axes.rbegin(), axes.rend());
  order = node.integers("perm", order);
  if (!std::is_permutation(order.begin(), order.end(), axes.begin(), axes.end())) {
    node.fail("perm " + to_string(order) + " is no order of " + std::to_string(rank) +
              " dimensions");
  }
  return order;
}

}  // namespace

void read_constant(NodeReader* node) {
  Tensor tensor;
  if (node->has_attribute("value")) {
    node->deliver({std::nullopt, node->attribute("value", AttributeKind::tensor).tensor});
    return;
  }
  if (node->has_attribute("value_float")) {
    tensor.numbers = {node->number("value_float", 0.0F)};
  } else if (node->has_attribute("value_floats")) {
    tensor.numbers = node->attribute("value_floats", AttributeKind::numbers).numbers;
    tensor.dims = {static_cast<std::int64_t>(tensor.numbers.size())};
  } else if (node->has_attribute("value_int")) {
    tensor.is_integer = true;
    tensor.integers = {node->integer("value_int", 0)};
  } else if (node->has_attribute("value_ints")) {
    tensor.is_integer = true;
    tensor.integers = node->integers("value_ints", {});
    tensor.dims = {static_cast<std::int64_t>(tensor.integers.size())};
  } else {
    node->fail(
        "holds no tensor of numbers; supported are value, value_float, value_floats, "
        "value_int and value_ints");
  }
  node->deliver(std::move(tensor));
}

void read_identity(NodeReader* node) {
  node->deliver(node->value(0));
}

void read_dropout(NodeReader* node) {
  node->check_moved("training_mode", 2, 12);
  if (node->has_input(2) && node->scalar(2, "training_mode") != 0.0F) {
    node->fail("training_mode is set; supported is inference");
  }
  node->refuse_training();
  // The mask stays a name without value: whoever reads it is refused.
  node->deliver(node->value(0));
}

void read_flatten(NodeReader* node) {
  const Dims from = operand_dims(*node);
  const auto rank = static_cast<std::int64_t>(from.size());
  const std::int64_t axis = node->integer("axis", 1);
  const auto split = from.begin() + (axis == rank ? rank : checked_axis(*node, axis, from.size()));
  deliver_view(node, {product(from.begin(), split), product(split, from.end())});
}

void read_reshape(NodeReader* node) {
  deliver_view(node, resolve(*node, operand_dims(*node), node->required_list("shape", 1, 5)));
}

void read_squeeze(NodeReader* node) {
  const Dims from = operand_dims(*node);
  const Dims axes = checked_axes(*node, node->moved_list("axes", 1, 13), from.size());
  Dims dims;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const bool named = std::count(axes.begin(), axes.end(), static_cast<std::int64_t>(i)) > 0;
    if (named && from[i] != 1) {
      node->fail("cannot squeeze dimension " + std::to_string(i) + " of shape " + to_string(from));
    }
    if (!named && (!axes.empty() || from[i] != 1)) {
      dims.push_back(from[i]);
    }
  }
  deliver_view(node, dims);
}

void read_unsqueeze(NodeReader* node) {
  Dims dims = operand_dims(*node);
  Dims axes = node->required_list("axes", 1, 13);
  if (axes.size() > kMostDimensions) {
    node->fail("axes " + to_string(axes) + " are too many; supported are up to " +
               std::to_string(kMostDimensions) + " dimensions");
  }
  const std::size_t rank = dims.size() + axes.size();
  axes = checked_axes(*node, axes, rank);
  std::sort(axes.begin(), axes.end());
  for (const std::int64_t axis : axes) {
    dims.insert(dims.begin() + axis, 1);
  }
  deliver_view(node, dims);
}

void read_transpose(NodeReader* node) {
  const Dims from = operand_dims(*node);
  const Dims order = axis_order(*node, from.size());
  Dims dims;
  Dims moved;  // axes with more than one element, in their new order
  for (const std::int64_t axis : order) {
    const std::int64_t side = from[static_cast<std::size_t>(axis)];
    dims.push_back(side);
    if (side != 1) {
      moved.push_back(axis);
    }
  }
  if (std::is_sorted(moved.begin(), moved.end())) {
    deliver_view(node, dims);
    return;
  }
  if (!node->is_constant(0)) {
    node->fail("of a map of shape " + to_string(from) + " to " + to_string(dims) +
               " moves its elements, which is not supported; supported is to move sides of 1");
  }
  node->deliver(rearranged(node->constant(0, "operand"), dims, [&](const Dims& place) {
    Dims source(place.size());
    for (std::size_t i = 0; i < place.size(); ++i) {
      source[static_cast<std::size_t>(order[i])] = place[i];
    }
    return source;
  }));
}

void read_softmax(NodeReader* node) {
  const MapValue& map = node->map(0);
  // Before operator set 13 everything from the axis on counts as one vector.
  const bool from_axis_on = node->opset() < 13;
  const std::int64_t axis =
      checked_axis(*node, node->integer("axis", from_axis_on ? 1 : -1), map.dims.size());
  const auto first = map.dims.begin() + axis;
  const auto last = from_axis_on ? map.dims.end() : first + 1;
  if (product(first, last) != map.shape.size()) {
    node->fail("axis " + std::to_string(axis) + " of a map of shape " + to_string(map.dims) +
               " is not supported; supported is Softmax over all elements");
  }
  MapValue probabilities = map;
  probabilities.is_probability = true;
  node->deliver({probabilities, nullptr});
}

}  // namespace airnn::graph
