// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace airnn {

/// "45 s", "3:20 min", "2:05 h".
std::string duration_text(double seconds);

/// A line on standard error that is drawn over itself at most five times a second. Draws nothing if
/// standard error is no terminal, or with `quiet`. One thread at a time.
class StatusLine {
 public:
  explicit StatusLine(bool quiet);
  /// Removes the line.
  ~StatusLine();
  StatusLine(const StatusLine&) = delete;
  StatusLine& operator=(const StatusLine&) = delete;

  /// Shows `text(seconds since the beginning)`, if it is time to.
  void update(const std::function<std::string(double)>& text);

  /// Writes a line of its own on standard error, terminal or not; nothing with `quiet`.
  void tell(const std::string& line);

 private:
  using Clock = std::chrono::steady_clock;

  bool quiet_;
  bool enabled_;
  bool drawn_ = false;
  Clock::time_point start_;
  Clock::time_point next_;
};

}  // namespace airnn
