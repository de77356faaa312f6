// SPDX-License-Identifier: Apache-2.0
// Operators that move elements, or tell of shapes.
#include <algorithm>

#include "testbenches/oracle/operators.h"

namespace airnn::oracle {
namespace {

Array with_shape(const NodeView& node, const Dims& dims) {
  Array result = node.input(0);
  result.dims = dims;
  if (element_count(dims) != result.values.size()) {
    node.fail("number of elements changes");
  }
  return result;
}

Array list_of(const Dims& values) {
  Array result(true, {static_cast<std::int64_t>(values.size())});
  std::copy(values.begin(), values.end(), result.values.begin());
  return result;
}

bool names(const Dims& axes, std::size_t axis) {
  return std::count(axes.begin(), axes.end(), static_cast<std::int64_t>(axis)) > 0;
}

}  // namespace

Array identity(const NodeView& node) {
  return node.input(0);
}

Array constant(const NodeView& node) {
  if (node.has("value_float")) {
    Array result(false, {});
    result.values = {node.number("value_float", 0.0)};
    return result;
  }
  if (node.has("value_floats")) {
    Array result(false, {static_cast<std::int64_t>(node.numbers("value_floats").size())});
    result.values = node.numbers("value_floats");
    return result;
  }
  if (node.has("value_int")) {
    Array result(true, {});
    result.values = {static_cast<double>(node.integer("value_int", 0))};
    return result;
  }
  return node.has("value_ints") ? list_of(node.integers("value_ints", {})) : node.tensor("value");
}

Array constant_of_shape(const NodeView& node) {
  const Array filler = node.has("value") ? node.tensor("value") : Array(false, {1});
  Array result(filler.is_integer, node.list(0));
  std::fill(result.values.begin(), result.values.end(), filler.values.at(0));
  return result;
}

Array cast(const NodeView& node) {
  Array result = node.input(0);
  const std::int64_t to = node.integer("to", 0);
  constexpr std::int64_t real_types[] = {1, 11};    // FLOAT, DOUBLE
  constexpr std::int64_t integer_types[] = {6, 7};  // INT32, INT64
  const auto is_one_of = [to](const std::int64_t(&types)[2]) {
    return to == types[0] || to == types[1];
  };
  if (!is_one_of(real_types) && !is_one_of(integer_types)) {
    node.fail("type " + std::to_string(to));
  }
  result.is_integer = is_one_of(integer_types);
  if (result.is_integer) {
    std::transform(result.values.begin(), result.values.end(), result.values.begin(),
                   [](double value) { return static_cast<double>(static_cast<long long>(value)); });
  }
  return result;
}

Array shape(const NodeView& node) {
  const Dims& dims = node.input(0).dims;
  const std::int64_t rank = node.input(0).rank();
  const auto clamped = [rank](std::int64_t at) {
    return std::clamp<std::int64_t>(at < 0 ? at + rank : at, 0, rank);
  };
  const std::int64_t begin = clamped(node.integer("start", 0));
  const std::int64_t end = std::max(begin, clamped(node.integer("end", rank)));
  return list_of(Dims(dims.begin() + begin, dims.begin() + end));
}

Array size(const NodeView& node) {
  Array result(true, {});
  result.values = {static_cast<double>(node.input(0).values.size())};
  return result;
}

Array flatten(const NodeView& node) {
  const Dims& dims = node.input(0).dims;
  std::int64_t axis = node.integer("axis", 1);
  axis += axis < 0 ? node.input(0).rank() : 0;
  const Dims before(dims.begin(), dims.begin() + axis);
  const Dims behind(dims.begin() + axis, dims.end());
  return with_shape(node, {static_cast<std::int64_t>(element_count(before)),
                           static_cast<std::int64_t>(element_count(behind))});
}

Array reshape(const NodeView& node) {
  Dims target = node.list(1);
  std::int64_t known = 1;
  for (std::size_t i = 0; i < target.size(); ++i) {
    if (target[i] == 0 && node.integer("allowzero", 0) == 0) {
      target[i] = node.input(0).dims.at(i);
    }
    known *= target[i] == -1 ? 1 : target[i];
  }
  const auto elements = static_cast<std::int64_t>(node.input(0).values.size());
  std::replace(target.begin(), target.end(), std::int64_t{-1}, elements / known);
  return with_shape(node, target);
}

Array squeeze(const NodeView& node) {
  const Dims& from = node.input(0).dims;
  const bool all = !node.has_input(1) && !node.has("axes");
  const Dims axes = all ? Dims() : node.axes(1, node.input(0).rank());
  Dims dims;
  for (std::size_t axis = 0; axis < from.size(); ++axis) {
    if (all ? from[axis] != 1 : !names(axes, axis)) {
      dims.push_back(from[axis]);
    }
  }
  return with_shape(node, dims);
}

Array unsqueeze(const NodeView& node) {
  const Dims& from = node.input(0).dims;
  const auto given = node.has_input(1) ? node.list(1) : node.integers("axes", {});
  const auto rank = static_cast<std::int64_t>(from.size() + given.size());
  const Dims axes = node.axes(1, rank);
  Dims dims;
  auto next = from.begin();
  for (std::size_t axis = 0; axis < static_cast<std::size_t>(rank); ++axis) {
    dims.push_back(names(axes, axis) ? 1 : *next++);
  }
  return with_shape(node, dims);
}

Array transpose(const NodeView& node) {
  const Array& from = node.input(0);
  Dims reversed;
  for (std::int64_t axis = from.rank() - 1; axis >= 0; --axis) {
    reversed.push_back(axis);
  }
  const Dims order = node.integers("perm", reversed);
  Dims dims;
  for (const std::int64_t axis : order) {
    dims.push_back(from.dim(axis));
  }
  Array result(from.is_integer, dims);
  Places place(dims);
  Dims source(dims.size());
  for (double& value : result.values) {
    for (std::size_t i = 0; i < order.size(); ++i) {
      source[static_cast<std::size_t>(order[i])] = (*place)[i];
    }
    value = from.values[element_at(from.dims, source)];
    place.next();
  }
  return result;
}

Array gather(const NodeView& node) {
  const Array& from = node.input(0);
  const Array& chosen = node.input(1);
  const auto axis = static_cast<std::size_t>(node.axis(node.integer("axis", 0), from.rank()));
  Dims dims(from.dims.begin(), from.dims.begin() + static_cast<std::ptrdiff_t>(axis));
  dims.insert(dims.end(), chosen.dims.begin(), chosen.dims.end());
  dims.insert(dims.end(), from.dims.begin() + static_cast<std::ptrdiff_t>(axis) + 1,
              from.dims.end());
  Array result(from.is_integer, dims);
  Places place(dims);
  const std::size_t chosen_rank = chosen.dims.size();
  for (double& value : result.values) {
    const Dims& at = *place;
    const auto middle = at.begin() + static_cast<std::ptrdiff_t>(axis);
    const auto behind = middle + static_cast<std::ptrdiff_t>(chosen_rank);
    const double index = chosen.values[element_at(chosen.dims, Dims(middle, behind))];
    Dims source(at.begin(), middle);
    source.push_back(node.axis(static_cast<std::int64_t>(index), from.dims[axis]));
    source.insert(source.end(), behind, at.end());
    value = from.values[element_at(from.dims, source)];
    place.next();
  }
  return result;
}

Array slice(const NodeView& node) {
  const Array& from = node.input(0);
  const bool by_inputs = node.opset() >= 10;
  const Dims starts = by_inputs ? node.list(1) : node.integers("starts", {});
  const Dims ends = by_inputs ? node.list(2) : node.integers("ends", {});
  Dims axes;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    axes.push_back(static_cast<std::int64_t>(i));
  }
  if (node.has_input(3) || node.has("axes")) {
    axes = node.axes(3, from.rank());
  }
  const Dims steps = node.has_input(4) ? node.list(4) : Dims(starts.size(), 1);
  Dims first(from.dims.size(), 0);
  Dims step(from.dims.size(), 1);
  Dims dims = from.dims;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const auto axis = static_cast<std::size_t>(axes[i]);
    const std::int64_t side = from.dims[axis];
    const bool backward = steps[i] < 0;
    const auto clamped = [&](std::int64_t at, std::int64_t low, std::int64_t high) {
      return std::clamp(at < 0 ? at + side : at, low, high);
    };
    const std::int64_t begin = clamped(starts[i], 0, backward ? side - 1 : side);
    const std::int64_t end = clamped(ends[i], backward ? -1 : 0, backward ? side - 1 : side);
    const std::int64_t span = backward ? begin - end : end - begin;
    const std::int64_t pace = backward ? -steps[i] : steps[i];
    first[axis] = begin;
    step[axis] = steps[i];
    dims[axis] = std::max<std::int64_t>(0, (span + pace - 1) / pace);
  }
  Array result(from.is_integer, dims);
  Places place(dims);
  for (double& value : result.values) {
    Dims source = *place;
    for (std::size_t axis = 0; axis < source.size(); ++axis) {
      source[axis] = first[axis] + source[axis] * step[axis];
    }
    value = from.values[element_at(from.dims, source)];
    place.next();
  }
  return result;
}

Array concat(const NodeView& node) {
  const auto axis =
      static_cast<std::size_t>(node.axis(node.integer("axis", 0), node.input(0).rank()));
  Dims dims = node.input(0).dims;
  for (std::size_t i = 1; i < node.inputs(); ++i) {
    dims.at(axis) += node.input(i).dims.at(axis);
  }
  Array result(node.input(0).is_integer, dims);
  Places place(dims);
  for (double& value : result.values) {
    Dims source = *place;
    std::size_t part = 0;
    while (source[axis] >= node.input(part).dims[axis]) {
      source[axis] -= node.input(part++).dims[axis];
    }
    value = node.input(part).values[element_at(node.input(part).dims, source)];
    place.next();
  }
  return result;
}

Array pad(const NodeView& node) {
  const Array& from = node.input(0);
  if (node.text("mode", "constant") != "constant") {
    node.fail("mode");
  }
  const bool by_inputs = node.opset() >= 11;
  const Dims given = by_inputs ? node.list(1) : node.integers("pads", {});
  const double filler = by_inputs ? (node.has_input(2) ? node.input(2).values.at(0) : 0.0)
                                  : node.number("value", 0.0);
  Dims axes;
  for (std::int64_t axis = 0; axis < from.rank(); ++axis) {
    axes.push_back(axis);
  }
  axes = node.has_input(3) ? node.axes(3, from.rank()) : axes;
  Dims before(from.dims.size(), 0);
  Dims dims = from.dims;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const auto axis = static_cast<std::size_t>(axes[i]);
    before[axis] = given.at(i);
    dims[axis] += given.at(i) + given.at(i + axes.size());
  }
  Array result(from.is_integer, dims);
  Places place(dims);
  for (double& value : result.values) {
    Dims source = *place;
    bool inside = true;
    for (std::size_t axis = 0; axis < source.size(); ++axis) {
      source[axis] -= before[axis];
      inside = inside && source[axis] >= 0 && source[axis] < from.dims[axis];
    }
    value = inside ? from.values[element_at(from.dims, source)] : filler;
    place.next();
  }
  return result;
}

Array reduce_mean(const NodeView& node) {
  const Array& from = node.input(0);
  Dims axes = node.axes(1, from.rank());
  if (axes.empty()) {
    if (node.integer("noop_with_empty_axes", 0) != 0) {
      return from;
    }
    for (std::int64_t axis = 0; axis < from.rank(); ++axis) {
      axes.push_back(axis);
    }
  }
  Dims kept = from.dims;
  for (const std::int64_t axis : axes) {
    kept[static_cast<std::size_t>(axis)] = 1;
  }
  Array result(false, kept);
  const double count = static_cast<double>(from.values.size() / result.values.size());
  Places place(from.dims);
  for (const double value : from.values) {
    Dims target = *place;
    for (const std::int64_t axis : axes) {
      target[static_cast<std::size_t>(axis)] = 0;
    }
    result.values[element_at(kept, target)] += value / count;
    place.next();
  }
  if (node.integer("keepdims", 1) == 0) {
    result.dims.clear();
    for (std::size_t axis = 0; axis < kept.size(); ++axis) {
      if (!names(axes, axis)) {
        result.dims.push_back(kept[axis]);
      }
    }
  }
  return result;
}

}  // namespace airnn::oracle
