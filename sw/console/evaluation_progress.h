// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "sw/console/status_line.h"

namespace airnn {

/// "evaluating  point 12/80  34.1 %  5:12 min left".
std::string evaluation_progress_text(std::size_t point, std::size_t points, double done,
                                     double total, double seconds);

/// How far an evaluation is. Its points cost very different amounts, so their inputs are weighed.
class EvaluationProgress {
 public:
  explicit EvaluationProgress(bool quiet) : line_(quiet) {}

  /// There are so many points now, and so much is to be done in addition.
  void expect(std::size_t points, double amount);
  void begin_point(std::size_t point);
  /// So much of the total is done in addition.
  void add(double amount);
  /// A line of its own (StatusLine).
  void tell(const std::string& line) { line_.tell(line); }

 private:
  void draw();

  std::size_t points_ = 0;
  double total_ = 0;
  std::size_t point_ = 0;
  double done_ = 0;
  StatusLine line_;
};

}  // namespace airnn
