// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace airnn {

/// A queue of bounded length whose items are filled in where they lie.
template <typename T>
class Ring {
 public:
  explicit Ring(std::size_t capacity) {
    std::size_t size = 1;
    while (size < capacity) {
      size *= 2;
    }
    items_.resize(size);
  }

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  const T& front() const { return items_[first_]; }
  const T& second() const { return items_[(first_ + 1) & (items_.size() - 1)]; }
  /// A place at the end, with what was there before. The ring must not be full.
  T& push() { return items_[(first_ + size_++) & (items_.size() - 1)]; }
  void pop() {
    first_ = (first_ + 1) & (items_.size() - 1);
    --size_;
  }

 private:
  std::vector<T> items_;
  std::size_t first_ = 0;
  std::size_t size_ = 0;
};

}  // namespace airnn
