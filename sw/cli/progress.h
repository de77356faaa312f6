// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace airnn {

/// "simulating  120/1,000  45.6/s  19 s left": what the line says after `seconds`.
std::string progress_text(const std::string& label, std::int64_t done, std::int64_t total,
                          double seconds);

/// A line on standard error that is drawn over itself at most five times a second. Draws nothing if
/// standard error is no terminal, or with `quiet`. One thread at a time.
class Progress {
 public:
  Progress(std::string label, std::int64_t total, bool quiet);
  /// Removes the line.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// So many of `total` are done by now.
  void update(std::int64_t done);

 private:
  using Clock = std::chrono::steady_clock;

  std::string label_;
  std::int64_t total_;
  bool enabled_;
  bool drawn_ = false;
  Clock::time_point start_;
  Clock::time_point next_;
};

}  // namespace airnn
