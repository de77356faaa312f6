// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "sw/console/status_line.h"

namespace airnn {

/// "simulating  120/1,000  45.6/s  19 s left": what the line says after `seconds`.
std::string progress_text(const std::string& label, std::int64_t done, std::int64_t total,
                          double seconds);

/// How far a piece of work is, as a StatusLine.
class Progress {
 public:
  Progress(std::string label, std::int64_t total, bool quiet);

  /// So many of `total` are done by now.
  void update(std::int64_t done);
  /// A line of its own (StatusLine).
  void tell(const std::string& line) { line_.tell(line); }

 private:
  std::string label_;
  std::int64_t total_;
  StatusLine line_;
};

}  // namespace airnn
