// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <vector>

namespace airnn::oracle {

using Dims = std::vector<std::int64_t>;

/// Number of elements of a shape; 1 for a scalar.
inline std::size_t element_count(const Dims& dims) {
  return static_cast<std::size_t>(
      std::accumulate(dims.begin(), dims.end(), std::int64_t{1}, std::multiplies<>()));
}

/// A tensor of ONNX. Every number is a double, integers too (whole numbers up to 2^53); elements
/// lie row by row, the last dimension fastest.
struct Array {
  bool is_integer = false;
  Dims dims;
  std::vector<double> values;

  Array() = default;
  Array(bool integer, Dims shape)
      : is_integer(integer), dims(std::move(shape)), values(element_count(dims)) {}

  std::int64_t rank() const { return static_cast<std::int64_t>(dims.size()); }
  std::int64_t dim(std::int64_t axis) const { return dims.at(static_cast<std::size_t>(axis)); }
};

/// Counts through all places of a shape in the order of the elements.
class Places {
 public:
  explicit Places(const Dims& dims) : dims_(dims), place_(dims.size(), 0) {}

  const Dims& operator*() const { return place_; }
  void next() {
    for (std::size_t axis = dims_.size(); axis-- > 0;) {
      if (++place_[axis] < dims_[axis]) {
        return;
      }
      place_[axis] = 0;
    }
  }

 private:
  Dims dims_;
  Dims place_;
};

/// Index of the element at `place` of a tensor of shape `dims`.
inline std::size_t element_at(const Dims& dims, const Dims& place) {
  std::int64_t index = 0;
  for (std::size_t axis = 0; axis < dims.size(); ++axis) {
    index = index * dims[axis] + place[axis];
  }
  return static_cast<std::size_t>(index);
}

}  // namespace airnn::oracle
