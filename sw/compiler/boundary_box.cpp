// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/boundary_box.h"

#include <algorithm>
#include <cmath>

namespace airnn {

namespace {

class BoxNarrower {
 public:
  BoxNarrower(const SortedValues& values, BoundaryBox& box) : values_(values), box_(box) {
    const double largest = std::max(std::abs(static_cast<double>(values[0])),
                                    std::abs(static_cast<double>(values[values.size() - 1])));
    slack_ = largest * 1e-14;
  }

  /// False if nothing changed.
  bool raise_lowest() {
    std::vector<std::size_t>& at = box_.lowest;
    const std::size_t clusters = at.size() + 1;
    bool has_changed = false;
    double left = least_mean(0);
    for (std::size_t k = 0; k + 1 < clusters; ++k) {
      const double right = least_mean(k + 1);
      const std::size_t found = values_.count_up_to(left + (right - left) / 2 - slack_);
      if (found > at[k]) {
        at[k] = found;
        has_changed = true;
        left = least_mean(k + 1);
      } else {
        left = right;
      }
    }
    return has_changed;
  }

  bool lower_highest() {
    std::vector<std::size_t>& at = box_.highest;
    bool has_changed = false;
    double right = greatest_mean(at.size());
    for (std::size_t k = at.size(); k-- > 0;) {
      const double left = greatest_mean(k);
      const std::size_t found = values_.count_up_to(left + (right - left) / 2 + slack_);
      if (found < at[k]) {
        at[k] = found;
        has_changed = true;
        right = greatest_mean(k);
      } else {
        right = left;
      }
    }
    return has_changed;
  }

 private:
  /// No cluster k of an optimum has a smaller mean.
  double least_mean(std::size_t k) const {
    const std::size_t begin = k == 0 ? 0 : box_.lowest[k - 1];
    const std::size_t end = k == box_.lowest.size() ? values_.size() : box_.lowest[k];
    return begin < end ? values_.mean(begin, end) : static_cast<double>(values_[begin]);
  }

  /// No cluster k of an optimum has a larger mean.
  double greatest_mean(std::size_t k) const {
    const std::size_t begin = k == 0 ? 0 : box_.highest[k - 1];
    const std::size_t end = k == box_.highest.size() ? values_.size() : box_.highest[k];
    return begin < end ? values_.mean(begin, end) : static_cast<double>(values_[end - 1]);
  }

  const SortedValues& values_;
  BoundaryBox& box_;
  double slack_;  ///< more than the rounding of two means and their middle
};

}  // namespace

std::size_t BoundaryBox::positions() const {
  std::size_t sum = 0;
  for (std::size_t j = 0; j < lowest.size(); ++j) {
    sum += highest[j] - lowest[j] + 1;
  }
  return sum;
}

BoundaryBox narrowed(const SortedValues& values, BoundaryBox box, std::size_t enough, int rounds) {
  BoxNarrower narrower(values, box);
  for (int round = 0; round < rounds && box.positions() > enough; ++round) {
    const bool has_risen = narrower.raise_lowest();
    const bool has_sunk = narrower.lower_highest();
    if (!has_risen && !has_sunk) {
      break;
    }
  }
  return box;
}

}  // namespace airnn
