// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sw/model/node_handlers.h"

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

// Index of a dimension; negative ones count from the end.
std::int64_t checked_axis(const NodeReader& node, std::int64_t axis, std::size_t rank) {
  const auto count = static_cast<std::int64_t>(rank);
  if (axis < -count || axis >= count) {
    node.fail("axis " + std::to_string(axis) + " does not exist in " + std::to_string(rank) +
              " dimensions");
  }
  return axis < 0 ? axis + count : axis;
}

Dims operand_dims(const NodeReader& node) {
  const Value& operand = node.value(0);
  return operand.map ? operand.map->dims : node.constant(0, "operand").dims;
}

// The same elements under another shape. A map must stay channels x height x width or become flat.
void deliver_view(NodeReader* node, const Dims& dims) {
  Value view = node->value(0);
  if (view.constant) {
    auto tensor = std::make_shared<Tensor>(*view.constant);
    tensor->dims = dims;
    node->deliver({std::nullopt, tensor});
    return;
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

}  // namespace

void read_constant(NodeReader* node) {
  auto tensor = std::make_shared<Tensor>();
  tensor->name = node->node().outputs.empty() ? "" : node->node().outputs.front();
  if (node->has_attribute("value")) {
    *tensor = *node->attribute("value", AttributeKind::tensor).tensor;
    tensor->name = node->node().outputs.front();
  } else if (node->has_attribute("value_float")) {
    tensor->numbers = {node->number("value_float", 0.0F)};
  } else if (node->has_attribute("value_floats")) {
    tensor->numbers = node->attribute("value_floats", AttributeKind::numbers).numbers;
    tensor->dims = {static_cast<std::int64_t>(tensor->numbers.size())};
  } else if (node->has_attribute("value_int")) {
    tensor->is_integer = true;
    tensor->integers = {node->integer("value_int", 0)};
  } else if (node->has_attribute("value_ints")) {
    tensor->is_integer = true;
    tensor->integers = node->integers("value_ints", {});
    tensor->dims = {static_cast<std::int64_t>(tensor->integers.size())};
  } else {
    node->fail(
        "holds no tensor of numbers; supported are value, value_float, value_floats, "
        "value_int and value_ints");
  }
  node->deliver({std::nullopt, tensor});
}

void read_pass_through(NodeReader* node) {
  // The mask of Dropout stays a name without value: whoever reads it is refused.
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
  deliver_view(node, resolve(*node, operand_dims(*node), node->attribute_or_input("shape", 1)));
}

void read_squeeze(NodeReader* node) {
  const Dims from = operand_dims(*node);
  Dims axes = node->attribute_or_input("axes", 1);
  for (std::int64_t& axis : axes) {
    axis = checked_axis(*node, axis, from.size());
  }
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
  Dims axes = node->attribute_or_input("axes", 1);
  const std::size_t rank = dims.size() + axes.size();
  for (std::int64_t& axis : axes) {
    axis = checked_axis(*node, axis, rank);
  }
  std::sort(axes.begin(), axes.end());
  if (std::adjacent_find(axes.begin(), axes.end()) != axes.end()) {
    node->fail("axes " + to_string(axes) + " name a dimension twice");
  }
  for (const std::int64_t axis : axes) {
    dims.insert(dims.begin() + axis, 1);
  }
  deliver_view(node, dims);
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
