// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/sorted_values.h"

#include <algorithm>
#include <utility>

#include "sw/compiler/radix_sort.h"

namespace airnn {

namespace {

constexpr std::size_t kCheckpoint = 64;

void add(Moments& moments, double value) {
  const auto exact = static_cast<long double>(value);
  moments.sum += exact;
  moments.squares += exact * exact;
  ++moments.count;
}

}  // namespace

SortedValues::SortedValues(std::vector<float> values) : values_(std::move(values)) {
  radix_sort(values_);
  // Sums of values near zero lose least to rounding; the median is near most of them even if a few
  // lie far outside.
  shift_ = values_.empty() ? 0.0 : static_cast<double>(values_[values_.size() / 2]);
  checkpoints_.reserve(values_.size() / kCheckpoint + 1);
  Moments moments;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    if (i % kCheckpoint == 0) {
      checkpoints_.push_back(moments);
    }
    add(moments, static_cast<double>(values_[i]) - shift_);
    distinct_ += i == 0 || is_change(i) ? 1U : 0U;
  }
  if (values_.size() % kCheckpoint == 0) {
    checkpoints_.push_back(moments);
  }
}

Moments SortedValues::moments(std::size_t position) const {
  Moments moments = checkpoints_[position / kCheckpoint];
  advance(moments, position);
  return moments;
}

void SortedValues::advance(Moments& moments, std::size_t position) const {
  if (position - moments.count > kCheckpoint) {
    moments = checkpoints_[position / kCheckpoint];
  }
  while (moments.count < position) {
    add(moments, static_cast<double>(values_[moments.count]) - shift_);
  }
}

std::size_t SortedValues::change_at_or_after(std::size_t position) const {
  if (position >= size() || is_change(position)) {
    return position;
  }
  const auto from = values_.begin() + static_cast<std::ptrdiff_t>(position);
  return static_cast<std::size_t>(std::upper_bound(from, values_.end(), *from) - values_.begin());
}

std::size_t SortedValues::change_at_or_before(std::size_t position) const {
  if (is_change(position)) {
    return position;
  }
  const auto end = values_.begin() + static_cast<std::ptrdiff_t>(position);
  return static_cast<std::size_t>(std::lower_bound(values_.begin(), end, *end) - values_.begin());
}

std::size_t SortedValues::count_up_to(double limit) const {
  const auto end = std::upper_bound(
      values_.begin(), values_.end(), limit,
      [](double bound, float value) { return bound < static_cast<double>(value); });
  return static_cast<std::size_t>(end - values_.begin());
}

double SortedValues::mean(std::size_t begin, std::size_t end) const {
  const long double sum = moments(end).sum - moments(begin).sum;
  return static_cast<double>(sum / static_cast<long double>(end - begin)) + shift_;
}

}  // namespace airnn
