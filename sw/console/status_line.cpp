// SPDX-License-Identifier: Apache-2.0
#include "sw/console/status_line.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <cstdio>

namespace airnn {

namespace {

constexpr std::chrono::milliseconds kInterval{200};
constexpr const char* kClearLine = "\r\033[K";

}  // namespace

std::string duration_text(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::ceil(seconds));
  if (whole < 60) {
    return fmt::format("{} s", whole);
  }
  if (whole < 3600) {
    return fmt::format("{}:{:02} min", whole / 60, whole % 60);
  }
  return fmt::format("{}:{:02} h", whole / 3600, whole / 60 % 60);
}

StatusLine::StatusLine(bool quiet)
    : quiet_(quiet),
      enabled_(!quiet && isatty(STDERR_FILENO) == 1),
      start_(Clock::now()),
      next_(start_) {}

StatusLine::~StatusLine() {
  if (drawn_) {
    std::fputs(kClearLine, stderr);
  }
}

void StatusLine::tell(const std::string& line) {
  if (!quiet_) {
    std::fputs(((drawn_ ? kClearLine : "") + line + "\n").c_str(), stderr);
    drawn_ = false;
  }
}

void StatusLine::update(const std::function<std::string(double)>& text) {
  const Clock::time_point now = Clock::now();
  if (!enabled_ || now < next_) {
    return;
  }
  next_ = now + kInterval;
  drawn_ = true;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  std::fputs((kClearLine + text(seconds)).c_str(), stderr);
}

}  // namespace airnn
