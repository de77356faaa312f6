// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <functional>

#include "sw/model/message_text.h"
#include "sw/model/node_handlers.h"

namespace airnn::graph {
namespace {

using Dims = std::vector<std::int64_t>;

enum class Arithmetic : std::uint8_t { add, sub, mul, div };

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

// The axis of the map that the constant's first one meets: its last ones meet the map's last ones.
// Before operator set 7 an attribute may name it.
std::size_t first_axis(const NodeReader& node, const Tensor& tensor, const MapValue& map) {
  const std::size_t last_fitting = map.dims.size() - tensor.dims.size();
  if (node.opset() >= 7 || !node.has_attribute("axis")) {
    return last_fitting;
  }
  const std::int64_t axis = checked_axis(node, node.integer("axis", 0), map.dims.size());
  if (static_cast<std::size_t>(axis) > last_fitting) {
    node.fail("axis " + std::to_string(axis) + " leaves no room for a constant of shape " +
              to_string(tensor.dims));
  }
  return static_cast<std::size_t>(axis);
}

// The constant operand, spread over the channels.
std::vector<double> per_channel(const NodeReader& node, std::size_t constant_place,
                                const MapValue& map) {
  const Tensor& tensor = node.numbers(constant_place, "constant");
  if (tensor.size() != 1) {
    require_channels(node, map);
  }
  const std::size_t axis = channel_axis(map);
  bool fits = tensor.dims.size() <= map.dims.size();
  const std::size_t first = fits ? first_axis(node, tensor, map) : 0;
  for (std::size_t i = 0; fits && i < tensor.dims.size(); ++i) {
    const std::size_t place = first + i;
    fits = tensor.dims[i] == 1 || (place == axis && tensor.dims[i] == map.dims[axis]);
  }
  if (!fits || tensor.size() == 0) {
    node.fail("constant " + node.operand(constant_place) + " of shape " + to_string(tensor.dims) +
              " is not supported on a map of shape " + to_string(map.dims) +
              "; supported is one value per channel");
  }
  std::vector<double> values(tensor.numbers.begin(), tensor.numbers.end());
  if (values.size() == 1) {
    values.resize(static_cast<std::size_t>(map.shape.channels), values.front());
  }
  return values;
}

// The map times `scale` plus `shift`, for each channel.
void scale_and_shift(NodeReader* node, Arithmetic operation, std::size_t map_place) {
  const MapValue& map = node->map(map_place);
  const std::size_t constant_place = 1 - map_place;
  std::vector<double> values = per_channel(*node, constant_place, map);
  const auto channels = values.size();
  Operator made = node->start(OperatorKind::affine, map_place);
  switch (operation) {
    case Arithmetic::add:
    case Arithmetic::sub: {
      const bool subtracts = operation == Arithmetic::sub;
      made.scale.assign(channels, subtracts && map_place == 1 ? -1.0 : 1.0);
      if (subtracts && map_place == 0) {
        std::transform(values.begin(), values.end(), values.begin(), std::negate<>());
      }
      made.shift = std::move(values);
      break;
    }
    case Arithmetic::div:
      if (map_place == 1) {
        node->fail("divides a constant by a map; supported is a map by a constant");
      }
      if (std::count(values.begin(), values.end(), 0.0) > 0) {
        node->fail("divides by zero: constant " + node->operand(constant_place));
      }
      std::transform(values.begin(), values.end(), values.begin(),
                     [](double value) { return 1.0 / value; });
      [[fallthrough]];
    case Arithmetic::mul:
      made.scale = std::move(values);
      made.shift.assign(channels, 0.0);
  }
  node->finish(std::move(made), map.dims);
}

// Dims without the ones in front.
Dims trimmed(const Dims& dims) {
  return {std::find_if(dims.begin(), dims.end(), [](std::int64_t side) { return side != 1; }),
          dims.end()};
}

void add_maps(NodeReader* node) {
  const MapValue& left = node->map(0);
  const MapValue& right = node->map(1);
  if (trimmed(left.dims) != trimmed(right.dims)) {
    node->fail("adds maps of shapes " + to_string(left.dims) + " and " + to_string(right.dims) +
               "; supported are maps of one shape");
  }
  if (!(left.shape == right.shape)) {
    const auto layout = [](const MapShape& shape) {
      return to_string({shape.channels, shape.height, shape.width});
    };
    node->fail("adds flattened maps that are " + layout(left.shape) + " and " +
               layout(right.shape) +
               " (channels, height, width) in the machine; supported are maps of one shape");
  }
  Operator made = node->start(OperatorKind::addition, 0);
  made.skip = right.producer;
  node->finish(std::move(made), left.dims.size() >= right.dims.size() ? left.dims : right.dims);
}

// The shape to which both constants are spread: from the last side on, sides are equal or one is 1.
Dims spread_dims(const NodeReader& node, const Tensor& a, const Tensor& b) {
  Dims dims = a.dims.size() >= b.dims.size() ? a.dims : b.dims;
  const Dims& shorter = a.dims.size() >= b.dims.size() ? b.dims : a.dims;
  std::size_t count = 1;
  for (std::size_t i = dims.size(); i-- > 0;) {
    const std::size_t from_end = dims.size() - i;
    if (from_end <= shorter.size()) {
      const std::int64_t other = shorter[shorter.size() - from_end];
      if (dims[i] != other && dims[i] != 1 && other != 1) {
        node.fail("constants of shapes " + to_string(a.dims) + " and " + to_string(b.dims) +
                  " do not fit each other");
      }
      dims[i] = dims[i] == 1 ? other : dims[i];
    }
    count *= static_cast<std::size_t>(dims[i]);
    if (count > kMostComputed) {
      node.fail("makes a constant of more than " + std::to_string(kMostComputed) + " elements");
    }
  }
  return dims;
}

// Index of the element of a spread constant that counts at `place`.
std::size_t spread_index(const Dims& dims, const Dims& place) {
  std::int64_t index = 0;
  for (std::size_t axis = 0; axis < dims.size(); ++axis) {
    const std::int64_t at = place[place.size() - dims.size() + axis];
    index = index * dims[axis] + (dims[axis] == 1 ? 0 : at);
  }
  return static_cast<std::size_t>(index);
}

std::int64_t whole(const NodeReader& node, Arithmetic operation, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  bool overflows = false;
  switch (operation) {
    case Arithmetic::add:
      overflows = __builtin_add_overflow(a, b, &result);
      break;
    case Arithmetic::sub:
      overflows = __builtin_sub_overflow(a, b, &result);
      break;
    case Arithmetic::mul:
      overflows = __builtin_mul_overflow(a, b, &result);
      break;
    case Arithmetic::div:
      if (b == 0) {
        node.fail("divides the integer " + std::to_string(a) + " by zero");
      }
      overflows = b == -1 && __builtin_sub_overflow(std::int64_t{0}, a, &result);
      result = b == -1 ? result : a / b;
  }
  if (overflows) {
    node.fail("of the integers " + std::to_string(a) + " and " + std::to_string(b) + " overflows");
  }
  return result;
}

float real(Arithmetic operation, float a, float b) {
  switch (operation) {
    case Arithmetic::add:
      return a + b;
    case Arithmetic::sub:
      return a - b;
    case Arithmetic::mul:
      return a * b;
    default:
      return a / b;
  }
}

void compute(NodeReader* node, Arithmetic operation) {
  const Tensor& a = node->small(0);
  const Tensor& b = node->small(1);
  if (a.is_integer != b.is_integer) {
    node->fail("of a constant of integers and one of real numbers is not supported");
  }
  Tensor made;
  made.is_integer = a.is_integer;
  made.dims = spread_dims(*node, a, b);
  std::size_t count = 1;
  for (const std::int64_t side : made.dims) {
    count *= static_cast<std::size_t>(side);
  }
  Dims place(made.dims.size(), 0);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t left = spread_index(a.dims, place);
    const std::size_t right = spread_index(b.dims, place);
    if (made.is_integer) {
      made.integers.push_back(whole(*node, operation, a.integers[left], b.integers[right]));
    } else {
      made.numbers.push_back(real(operation, a.numbers[left], b.numbers[right]));
    }
    for (std::size_t axis = place.size(); axis-- > 0 && ++place[axis] == made.dims[axis];) {
      place[axis] = 0;
    }
  }
  node->deliver(std::move(made));
}

void read_arithmetic(NodeReader* node, Arithmetic operation) {
  const bool left = node->is_constant(0);
  const bool right = node->is_constant(1);
  if (left && right) {
    compute(node, operation);
  } else if (left || right) {
    scale_and_shift(node, operation, left ? 1 : 0);
  } else if (operation == Arithmetic::add) {
    add_maps(node);
  } else {
    node->fail("of two maps is not supported; supported are a map and one value per channel");
  }
}

}  // namespace

void read_add(NodeReader* node) {
  read_arithmetic(node, Arithmetic::add);
}

void read_sub(NodeReader* node) {
  read_arithmetic(node, Arithmetic::sub);
}

void read_mul(NodeReader* node) {
  read_arithmetic(node, Arithmetic::mul);
}

void read_div(NodeReader* node) {
  read_arithmetic(node, Arithmetic::div);
}

}  // namespace airnn::graph
