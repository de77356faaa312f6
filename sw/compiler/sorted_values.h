// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace airnn {

/// Sum and sum of squares of the first `count` sorted values, each less a common shift.
struct Moments {
  long double sum = 0;
  long double squares = 0;
  std::size_t count = 0;
};

/// Within-cluster sum of squares of the values between two positions; 0 if there are none.
/// Rounding of the difference may not make it negative.
inline long double within_squares(const Moments& from, const Moments& to) {
  if (to.count <= from.count) {
    return 0;
  }
  const long double sum = to.sum - from.sum;
  const long double cost =
      (to.squares - from.squares) - sum * sum / static_cast<long double>(to.count - from.count);
  return cost > 0 ? cost : 0;
}

/// Sorted finite values with prefix sums in constant time. A full table of sums would take eight
/// times the memory of the values, so there is one checkpoint per 64 values and the rest is added
/// up on demand, always in the same order: a position has one value of its sums, to the last bit.
class SortedValues {
 public:
  explicit SortedValues(std::vector<float> values);

  std::size_t size() const { return values_.size(); }
  float operator[](std::size_t position) const { return values_[position]; }
  std::size_t distinct() const { return distinct_; }
  Moments moments(std::size_t position) const;
  /// Moves sums on to a later position: the same sums as moments(position), sooner if it is near.
  void advance(Moments& moments, std::size_t position) const;

  /// A change is a position p, 0 < p < size, whose value differs from the one before it. Clusters
  /// are separated at changes only: equal values always share a cluster.
  bool is_change(std::size_t position) const { return values_[position - 1] != values_[position]; }
  /// First change at or behind `position` (1..size); size() if there is none.
  std::size_t change_at_or_after(std::size_t position) const;
  /// Last change at or before `position` (1..size-1); 0 if there is none.
  std::size_t change_at_or_before(std::size_t position) const;
  /// Number of values that are at most `limit`.
  std::size_t count_up_to(double limit) const;
  /// Mean of the values of [begin, end), which are not none.
  double mean(std::size_t begin, std::size_t end) const;

 private:
  std::vector<float> values_;
  std::size_t distinct_ = 0;
  double shift_ = 0;
  std::vector<Moments> checkpoints_;
};

}  // namespace airnn
