// SPDX-License-Identifier: Apache-2.0
#include "sw/console/evaluation_progress.h"

#include <fmt/format.h>

#include <algorithm>

namespace airnn {

std::string evaluation_progress_text(std::size_t point, std::size_t points, double done,
                                     double total, double seconds) {
  std::string text = fmt::format("evaluating  point {}/{}", point, points);
  if (done > 0 && total > 0) {
    const double part = std::min(done / total, 1.0);
    text +=
        fmt::format("  {:.1f} %  {} left", 100 * part, duration_text(seconds * (1 - part) / part));
  }
  return text;
}

void EvaluationProgress::expect(std::size_t points, double amount) {
  points_ = points;
  total_ += amount;
}

void EvaluationProgress::begin_point(std::size_t point) {
  point_ = point + 1;
  draw();
}

void EvaluationProgress::add(double amount) {
  done_ += amount;
  draw();
}

void EvaluationProgress::draw() {
  line_.update([&](double seconds) {
    return evaluation_progress_text(point_, points_, done_, total_, seconds);
  });
}

}  // namespace airnn
