// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "testbenches/oracle/operators.h"

namespace airnn::oracle {
namespace {

// The shape both operands are spread to: from the last dimension on, sides are equal or one is 1.
Dims common_shape(const NodeView& node, const Dims& a, const Dims& b) {
  Dims dims = a.size() >= b.size() ? a : b;
  const Dims& shorter = a.size() >= b.size() ? b : a;
  const std::size_t ahead = dims.size() - shorter.size();
  for (std::size_t i = 0; i < shorter.size(); ++i) {
    std::int64_t& side = dims[ahead + i];
    if (side != shorter[i] && side != 1 && shorter[i] != 1) {
      node.fail("operands cannot be spread to one shape");
    }
    side = side == 1 ? shorter[i] : side;
  }
  return dims;
}

double spread_element(const Array& array, const Dims& place) {
  const std::size_t ahead = place.size() - array.dims.size();
  Dims own(array.dims.size());
  for (std::size_t axis = 0; axis < own.size(); ++axis) {
    own[axis] = array.dims[axis] == 1 ? 0 : place[ahead + axis];
  }
  return array.values[element_at(array.dims, own)];
}

template <typename Operation>
Array elementwise(const NodeView& node, Operation operation) {
  const Array& a = node.input(0);
  const Array& b = node.input(1);
  if (a.is_integer != b.is_integer) {
    node.fail("operands of two types");
  }
  Array result(a.is_integer, common_shape(node, a.dims, b.dims));
  Places place(result.dims);
  for (double& value : result.values) {
    value = operation(spread_element(a, *place), spread_element(b, *place));
    place.next();
  }
  return result;
}

template <typename Function>
Array of_each(const NodeView& node, Function function) {
  Array result = node.input(0);
  std::transform(result.values.begin(), result.values.end(), result.values.begin(), function);
  return result;
}

}  // namespace

Array add(const NodeView& node) {
  return elementwise(node, [](double a, double b) { return a + b; });
}

Array sub(const NodeView& node) {
  return elementwise(node, [](double a, double b) { return a - b; });
}

Array mul(const NodeView& node) {
  return elementwise(node, [](double a, double b) { return a * b; });
}

Array div(const NodeView& node) {
  const bool whole = node.input(0).is_integer;
  return elementwise(node,
                     [whole](double a, double b) { return whole ? std::trunc(a / b) : a / b; });
}

Array floor(const NodeView& node) {
  return of_each(node, [](double x) { return std::floor(x); });
}

Array relu(const NodeView& node) {
  return of_each(node, [](double x) { return std::max(x, 0.0); });
}

Array clip(const NodeView& node) {
  const bool by_inputs = node.opset() >= 11;
  const auto bound = [&](const std::string& name, std::size_t place, double otherwise) {
    if (by_inputs) {
      return node.has_input(place) ? node.input(place).values.at(0) : otherwise;
    }
    return node.number(name, otherwise);
  };
  const double low = bound("min", 1, -INFINITY);
  const double high = bound("max", 2, INFINITY);
  return of_each(node, [&](double x) { return std::min(std::max(x, low), high); });
}

Array batch_normalization(const NodeView& node) {
  const Array& map = node.input(0);
  const std::int64_t channels = map.dim(1);
  for (std::size_t i = 1; i < 5; ++i) {
    if (node.input(i).dims != Dims{channels}) {
      node.fail("parameters do not fit the channels");
    }
  }
  const double epsilon = node.number("epsilon", static_cast<double>(1e-5F));
  const std::size_t area = map.values.size() / static_cast<std::size_t>(map.dim(0) * channels);
  Array result = map;
  for (std::size_t i = 0; i < map.values.size(); ++i) {
    const std::size_t c = i / area % static_cast<std::size_t>(channels);
    const double deviation = std::sqrt(node.input(4).values[c] + epsilon);
    result.values[i] =
        (map.values[i] - node.input(3).values[c]) / deviation * node.input(1).values[c] +
        node.input(2).values[c];
  }
  return result;
}

Array gemm(const NodeView& node) {
  const Array& a = node.input(0);
  const Array& b = node.input(1);
  if (a.rank() != 2 || b.rank() != 2) {
    node.fail("operands must be matrices");
  }
  const bool a_turned = node.integer("transA", 0) != 0;
  const bool b_turned = node.integer("transB", 0) != 0;
  const std::int64_t rows = a.dim(a_turned ? 1 : 0);
  const std::int64_t inner = a.dim(a_turned ? 0 : 1);
  const std::int64_t columns = b.dim(b_turned ? 0 : 1);
  if (b.dim(b_turned ? 1 : 0) != inner) {
    node.fail("operands do not fit");
  }
  const auto element = [](const Array& of, bool turned, std::int64_t row, std::int64_t column) {
    return of.values[static_cast<std::size_t>(turned ? column * of.dim(1) + row
                                                     : row * of.dim(1) + column)];
  };
  const double alpha = node.number("alpha", 1.0);
  const double beta = node.number("beta", 1.0);
  Array result(false, {rows, columns});
  Places place(result.dims);
  if (node.has_input(2) && common_shape(node, result.dims, node.input(2).dims) != result.dims) {
    node.fail("the third operand does not fit");
  }
  for (double& value : result.values) {
    for (std::int64_t k = 0; k < inner; ++k) {
      value += element(a, a_turned, (*place)[0], k) * element(b, b_turned, k, (*place)[1]);
    }
    value *= alpha;
    value += node.has_input(2) ? beta * spread_element(node.input(2), *place) : 0.0;
    place.next();
  }
  return result;
}

Array matmul(const NodeView& node) {
  const Array& a = node.input(0);
  const Array& b = node.input(1);
  if (a.rank() < 1 || b.rank() != 2 || a.dims.back() != b.dim(0)) {
    node.fail("operands do not fit");
  }
  Dims dims = a.dims;
  dims.back() = b.dim(1);
  Array result(false, dims);
  const auto inner = static_cast<std::size_t>(b.dim(0));
  const auto columns = static_cast<std::size_t>(b.dim(1));
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    for (std::size_t k = 0; k < inner; ++k) {
      result.values[i] += a.values[i / columns * inner + k] * b.values[k * columns + i % columns];
    }
  }
  return result;
}

Array softmax(const NodeView& node) {
  const Array& from = node.input(0);
  const bool flattens = node.opset() < 13;
  const std::int64_t axis = node.axis(node.integer("axis", flattens ? 1 : -1), from.rank());
  const auto begin = from.dims.begin() + axis;
  const std::size_t inside = flattens ? 1 : element_count(Dims(begin + 1, from.dims.end()));
  const std::size_t along =
      flattens ? element_count(Dims(begin, from.dims.end())) : static_cast<std::size_t>(*begin);
  Array result = from;
  for (std::size_t i = 0; i < from.values.size(); ++i) {
    const std::size_t first = i / (along * inside) * along * inside + i % inside;
    double sum = 0.0;
    for (std::size_t k = 0; k < along; ++k) {
      sum += std::exp(from.values[first + k * inside] - from.values[i]);
    }
    result.values[i] = 1.0 / sum;
  }
  return result;
}

}  // namespace airnn::oracle
