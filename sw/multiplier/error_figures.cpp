// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/error_figures.h"

#include <algorithm>
#include <cstdlib>

namespace airnn {

namespace {

constexpr double kToPercent = 100.0 / ProductTable::kEntries;

/// Mean of relative errors, in percent.
class RelativeError {
 public:
  void add(std::int32_t error, std::int32_t right) {
    sum_ += static_cast<double>(error) / right;
    ++pairs_;
  }
  double percent() const { return 100 * sum_ / pairs_; }

 private:
  double sum_ = 0;
  std::int32_t pairs_ = 0;
};

}  // namespace

ErrorFigures error_figures(const ProductTable& table) {
  ErrorFigures figures;
  std::int64_t sum = 0;
  std::int32_t worst = 0;
  RelativeError relative;
  RelativeError of_small;
  for (std::uint32_t a = 0; a < ProductTable::kOperands; ++a) {
    for (std::uint32_t b = 0; b < ProductTable::kOperands; ++b) {
      const auto right = static_cast<std::int32_t>(a * b);
      const std::int32_t error = std::abs(table.at(a, b) - right);
      sum += error;
      worst = std::max(worst, error);
      if (right != 0) {
        relative.add(error, right);
      }
      if (right != 0 && a < kSmallOperands && b < kSmallOperands) {
        of_small.add(error, right);
      }
    }
    for (const int at_zero : {table.at(0, a), table.at(a, 0)}) {
      figures.wrong_at_zero += at_zero != 0 ? 1 : 0;
      figures.largest_at_zero = std::max(figures.largest_at_zero, at_zero);
    }
  }
  figures.mae_percent = static_cast<double>(sum) / ProductTable::kEntries * kToPercent;
  figures.wce_percent = worst * kToPercent;
  figures.mre_percent = relative.percent();
  figures.small_mre_percent = of_small.percent();
  return figures;
}

}  // namespace airnn
