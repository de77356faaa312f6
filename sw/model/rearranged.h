// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>
#include <vector>

#include "sw/model/graph.h"

namespace airnn::graph {

/// A constant of shape `dims` whose element at each place is the one of `from` at
/// `source_of(place)`. Elements lie row by row.
template <typename SourceOf>
Tensor rearranged(const Tensor& from, std::vector<std::int64_t> dims, SourceOf source_of) {
  Tensor made;
  made.is_integer = from.is_integer;
  made.dims = std::move(dims);
  std::size_t count = 1;
  for (const std::int64_t side : made.dims) {
    count *= static_cast<std::size_t>(side);
  }
  std::vector<std::int64_t> place(made.dims.size(), 0);
  for (std::size_t i = 0; i < count; ++i) {
    const std::vector<std::int64_t> source = source_of(place);
    std::int64_t index = 0;
    for (std::size_t axis = 0; axis < source.size(); ++axis) {
      index = index * from.dims[axis] + source[axis];
    }
    if (from.is_integer) {
      made.integers.push_back(from.integers[static_cast<std::size_t>(index)]);
    } else {
      made.numbers.push_back(from.numbers[static_cast<std::size_t>(index)]);
    }
    for (std::size_t axis = place.size(); axis-- > 0 && ++place[axis] == made.dims[axis];) {
      place[axis] = 0;
    }
  }
  return made;
}

}  // namespace airnn::graph
