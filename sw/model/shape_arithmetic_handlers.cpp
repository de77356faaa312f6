// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sw/model/node_handlers.h"

namespace airnn::graph {
namespace {

using Integers = std::vector<std::int64_t>;

void deliver_list(NodeReader* node, Integers values, bool scalar) {
  auto tensor = std::make_shared<Tensor>();
  tensor->name = node->node().outputs.front();
  tensor->is_integer = true;
  tensor->integers = std::move(values);
  if (!scalar) {
    tensor->dims = {static_cast<std::int64_t>(tensor->integers.size())};
  }
  node->deliver({std::nullopt, tensor});
}

std::int64_t clamped_place(std::int64_t place, std::size_t size) {
  const auto count = static_cast<std::int64_t>(size);
  return std::clamp<std::int64_t>(place < 0 ? place + count : place, 0, count);
}

Integers slice(const Integers& list, std::int64_t from, std::int64_t to) {
  const std::int64_t first = clamped_place(from, list.size());
  const std::int64_t last = std::max(first, clamped_place(to, list.size()));
  return {list.begin() + first, list.begin() + last};
}

}  // namespace

void read_shape(NodeReader* node) {
  const Integers& dims = node->map(0).dims;
  const auto rank = static_cast<std::int64_t>(dims.size());
  deliver_list(node, slice(dims, node->integer("start", 0), node->integer("end", rank)), false);
}

void read_cast(NodeReader* node) {
  const Tensor& tensor = node->constant(0, "operand");
  if (!tensor.is_integer) {
    node->fail("is supported only where it computes the shape of a Reshape");
  }
  node->deliver({std::nullopt, std::make_shared<Tensor>(tensor)});
}

void read_gather(NodeReader* node) {
  const Integers& list = node->integer_list(0, "operand");
  const Tensor& places = node->constant(1, "indices");
  const Integers& chosen = node->integer_list(1, "indices");
  Integers values;
  for (const std::int64_t place : chosen) {
    const std::int64_t index = place < 0 ? place + static_cast<std::int64_t>(list.size()) : place;
    if (index < 0 || index >= static_cast<std::int64_t>(list.size())) {
      node->fail("index " + std::to_string(place) + " is outside a list of " +
                 std::to_string(list.size()));
    }
    values.push_back(list[static_cast<std::size_t>(index)]);
  }
  deliver_list(node, std::move(values), places.dims.empty());
}

void read_slice(NodeReader* node) {
  const Integers& list = node->integer_list(0, "operand");
  const Integers starts = node->attribute_or_input("starts", 1);
  const Integers ends = node->attribute_or_input("ends", 2);
  const bool strided = node->has_input(4) && node->integer_list(4, "steps") != Integers{1};
  if (starts.size() != 1 || ends.size() != 1 || strided) {
    node->fail("is supported only on a list, with one start and end, in steps of 1");
  }
  deliver_list(node, slice(list, starts.front(), ends.front()), false);
}

void read_concat(NodeReader* node) {
  Integers values;
  for (std::size_t i = 0; i < node->input_count(); ++i) {
    if (!node->is_constant(i)) {
      node->fail(
          "of maps is not supported; supported is only where it computes the shape of a "
          "Reshape");
    }
    const Integers& part = node->integer_list(i, "operand");
    values.insert(values.end(), part.begin(), part.end());
  }
  deliver_list(node, std::move(values), false);
}

}  // namespace airnn::graph
