// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <utility>

#include "sw/model/message_text.h"
#include "sw/model/node_handlers.h"
#include "sw/model/rearranged.h"

namespace airnn::graph {
namespace {

using Integers = std::vector<std::int64_t>;

void deliver_list(NodeReader* node, Integers values) {
  Tensor tensor;
  tensor.is_integer = true;
  tensor.dims = {static_cast<std::int64_t>(values.size())};
  tensor.integers = std::move(values);
  node->deliver(std::move(tensor));
}

// Refuses a constant that would be too large, before it is made.
void check_size(const NodeReader& node, const Integers& dims) {
  if (dims.size() > kMostDimensions) {
    node.fail("makes a constant of " + std::to_string(dims.size()) +
              " dimensions; supported are up to " + std::to_string(kMostDimensions));
  }
  std::uint64_t count = 1;
  for (const std::int64_t side : dims) {
    if (side < 0 || side > static_cast<std::int64_t>(kMostComputed) ||
        (count *= static_cast<std::uint64_t>(side)) > kMostComputed) {
      node.fail("makes a constant of shape " + to_string(dims) + "; supported are up to " +
                std::to_string(kMostComputed) + " elements");
    }
  }
}

const Tensor& constant_operand(const NodeReader& node, std::size_t place) {
  if (!node.is_constant(place)) {
    node.fail(
        "of maps is not supported; supported is arithmetic of constants, such as the shape of "
        "a Reshape");
  }
  return node.small(place);
}

// A place in a list of `size`, from the end where it is negative, within `low` to `high`.
std::int64_t clamped(std::int64_t place, std::int64_t size, std::int64_t low, std::int64_t high) {
  return std::clamp(place < 0 ? place + size : place, low, high);
}

// What a Slice takes along one axis.
struct Stride {
  std::int64_t first = 0;
  std::int64_t step = 1;
  std::int64_t count = 0;
};

Stride stride_of(const NodeReader& node, std::int64_t start, std::int64_t end, std::int64_t step,
                 std::int64_t size) {
  if (step == 0 || step < -std::int64_t{kMostComputed} || step > std::int64_t{kMostComputed}) {
    node.fail("step " + std::to_string(step) + " is not supported; supported are 1 to " +
              std::to_string(kMostComputed) + " and their negatives");
  }
  Stride stride;
  stride.step = step;
  if (step > 0) {
    stride.first = clamped(start, size, 0, size);
    const std::int64_t span = clamped(end, size, 0, size) - stride.first;
    stride.count = std::max<std::int64_t>(0, (span + step - 1) / step);
  } else {
    stride.first = clamped(start, size, 0, size - 1);
    const std::int64_t span = stride.first - clamped(end, size, -1, size - 1);
    stride.count = size == 0 ? 0 : std::max<std::int64_t>(0, (span - step - 1) / -step);
  }
  return stride;
}

bool is_real_type(std::int64_t type) {
  constexpr std::int64_t real_types[] = {1, 10, 11};  // FLOAT, FLOAT16, DOUBLE
  return std::count(std::begin(real_types), std::end(real_types), type) > 0;
}

bool is_integer_type(std::int64_t type) {
  constexpr std::int64_t integer_types[] = {6, 7};  // INT32, INT64
  return std::count(std::begin(integer_types), std::end(integer_types), type) > 0;
}

std::int64_t cut_off(const NodeReader& node, float number) {
  constexpr float most = 9.0e18F;
  if (!(std::abs(number) < most)) {
    node.fail("of " + std::to_string(number) + " to an integer is not supported");
  }
  return static_cast<std::int64_t>(number);
}

}  // namespace

void read_shape(NodeReader* node) {
  const Value& operand = node->value(0);
  const Integers& dims = operand.map ? operand.map->dims : node->constant(0, "operand").dims;
  const auto rank = static_cast<std::int64_t>(dims.size());
  const std::int64_t first = clamped(node->integer("start", 0), rank, 0, rank);
  const std::int64_t last = clamped(node->integer("end", rank), rank, first, rank);
  deliver_list(node, {dims.begin() + first, dims.begin() + last});
}

void read_size(NodeReader* node) {
  const Value& operand = node->value(0);
  Tensor tensor;
  tensor.is_integer = true;
  tensor.integers = {operand.map ? operand.map->shape.size()
                                 : static_cast<std::int64_t>(node->constant(0, "operand").size())};
  node->deliver(std::move(tensor));
}

void read_cast(NodeReader* node) {
  const std::int64_t to = node->integer("to", 0);
  if (!is_real_type(to) && !is_integer_type(to)) {
    node->fail("to element type " + std::to_string(to) +
               " is not supported; supported are FLOAT, FLOAT16, DOUBLE, INT32 and INT64");
  }
  const Value& operand = node->value(0);
  constexpr std::int64_t half = 10;
  if (operand.map) {
    if (!is_real_type(to) || to == half) {
      node->fail(
          "of a map rounds its elements, which is not supported; supported are FLOAT and "
          "DOUBLE");
    }
    node->deliver(operand);
    return;
  }
  const Tensor& from = node->constant(0, "operand");
  if (from.is_integer == is_integer_type(to)) {
    node->deliver(operand);
    return;
  }
  const Tensor& small = node->small(0);
  Tensor made;
  made.dims = small.dims;
  made.is_integer = !small.is_integer;
  made.numbers.assign(small.integers.begin(), small.integers.end());
  for (const float number : small.numbers) {
    made.integers.push_back(cut_off(*node, number));
  }
  node->deliver(std::move(made));
}

void read_floor(NodeReader* node) {
  Tensor made = constant_operand(*node, 0);
  if (made.is_integer) {
    node->fail("of integers is not defined");
  }
  for (float& number : made.numbers) {
    number = std::floor(number);
  }
  node->deliver(std::move(made));
}

void read_constant_of_shape(NodeReader* node) {
  Tensor made;
  made.dims = node->integer_list(0, "shape");
  check_size(*node, made.dims);
  std::size_t count = 1;
  for (const std::int64_t side : made.dims) {
    count *= static_cast<std::size_t>(side);
  }
  if (!node->has_attribute("value")) {
    made.numbers.assign(count, 0.0F);
    node->deliver(std::move(made));
    return;
  }
  const Tensor& filler = *node->attribute("value", AttributeKind::tensor).tensor;
  if (!filler.problem.empty() || filler.size() != 1) {
    node->fail("value must be a tensor of one number");
  }
  made.is_integer = filler.is_integer;
  if (filler.is_integer) {
    made.integers.assign(count, filler.integers.front());
  } else {
    made.numbers.assign(count, filler.numbers.front());
  }
  node->deliver(std::move(made));
}

void read_gather(NodeReader* node) {
  const Tensor& from = constant_operand(*node, 0);
  const Tensor& chosen = constant_operand(*node, 1);
  if (!chosen.is_integer) {
    node->fail("indices " + node->operand(1) + " must be integers");
  }
  const std::int64_t axis = checked_axis(*node, node->integer("axis", 0), from.dims.size());
  const auto at = static_cast<std::size_t>(axis);
  const std::int64_t size = from.dims[at];
  for (const std::int64_t index : chosen.integers) {
    if (index < -size || index >= size) {
      node->fail("index " + std::to_string(index) + " is outside a list of " +
                 std::to_string(size));
    }
  }
  Integers dims(from.dims.begin(), from.dims.begin() + axis);
  dims.insert(dims.end(), chosen.dims.begin(), chosen.dims.end());
  dims.insert(dims.end(), from.dims.begin() + axis + 1, from.dims.end());
  check_size(*node, dims);
  node->deliver(rearranged(from, dims, [&](const Integers& place) {
    std::int64_t entry = 0;
    for (std::size_t i = 0; i < chosen.dims.size(); ++i) {
      entry = entry * chosen.dims[i] + place[at + i];
    }
    const std::int64_t index = chosen.integers[static_cast<std::size_t>(entry)];
    Integers source(place.begin(), place.begin() + axis);
    source.push_back(index < 0 ? index + size : index);
    source.insert(source.end(),
                  place.begin() + axis + static_cast<std::int64_t>(chosen.dims.size()),
                  place.end());
    return source;
  }));
}

void read_slice(NodeReader* node) {
  const Tensor& from = constant_operand(*node, 0);
  const Integers starts = node->required_list("starts", 1, 10);
  const Integers ends = node->required_list("ends", 2, 10);
  Integers axes = node->moved_list("axes", 3, 10);
  for (std::size_t i = 0; axes.empty() && i < starts.size(); ++i) {
    axes.push_back(static_cast<std::int64_t>(i));
  }
  Integers steps = node->moved_list("steps", 4, 10);
  steps.resize(steps.empty() ? starts.size() : steps.size(), 1);
  if (ends.size() != starts.size() || axes.size() != starts.size() ||
      steps.size() != starts.size() || starts.size() > from.dims.size()) {
    node->fail("starts, ends, axes and steps must be lists of one length, up to the operand's " +
               std::to_string(from.dims.size()) + " dimensions");
  }
  std::vector<Stride> strides;
  for (const std::int64_t side : from.dims) {
    strides.push_back({0, 1, side});
  }
  axes = checked_axes(*node, axes, from.dims.size());
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const auto axis = static_cast<std::size_t>(axes[i]);
    strides[axis] = stride_of(*node, starts[i], ends[i], steps[i], from.dims[axis]);
  }
  Integers dims;
  for (const Stride& stride : strides) {
    dims.push_back(stride.count);
  }
  node->deliver(rearranged(from, dims, [&](const Integers& place) {
    Integers source;
    for (std::size_t axis = 0; axis < place.size(); ++axis) {
      source.push_back(strides[axis].first + place[axis] * strides[axis].step);
    }
    return source;
  }));
}

void read_concat(NodeReader* node) {
  const Tensor& first = constant_operand(*node, 0);
  const std::int64_t axis = checked_axis(*node, node->integer("axis", 0), first.dims.size());
  const auto at = static_cast<std::size_t>(axis);
  Integers dims = first.dims;
  std::vector<const Tensor*> parts = {&first};
  for (std::size_t i = 1; i < node->input_count(); ++i) {
    const Tensor& part = constant_operand(*node, i);
    Integers sides = part.dims;
    if (part.is_integer != first.is_integer || sides.size() != dims.size()) {
      node->fail("operand " + node->operand(i) + " does not fit the first one");
    }
    dims[at] += std::exchange(sides[at], first.dims[at]);
    if (sides != first.dims) {
      node->fail("operand " + node->operand(i) + " does not fit the first one");
    }
    check_size(*node, dims);
    parts.push_back(&part);
  }
  // Row by row of the axes before the one along which they are joined.
  std::size_t rows = 1;
  for (std::size_t i = 0; i < at; ++i) {
    rows *= static_cast<std::size_t>(dims[i]);
  }
  Tensor made;
  made.is_integer = first.is_integer;
  made.dims = dims;
  for (std::size_t row = 0; row < rows; ++row) {
    for (const Tensor* part : parts) {
      const auto size = static_cast<std::ptrdiff_t>(part->size() / rows);
      const std::ptrdiff_t begin = static_cast<std::ptrdiff_t>(row) * size;
      const auto append = [&](const auto& elements, auto* to) {
        to->insert(to->end(), elements.begin() + begin, elements.begin() + begin + size);
      };
      part->is_integer ? append(part->integers, &made.integers)
                       : append(part->numbers, &made.numbers);
    }
  }
  node->deliver(std::move(made));
}

}  // namespace airnn::graph
