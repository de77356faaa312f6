// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <utility>

#include "sw/cli/table.h"

namespace airnn {

namespace {

constexpr std::chrono::milliseconds kInterval{200};
constexpr const char* kClearLine = "\r\033[K";

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

}  // namespace

std::string progress_text(const std::string& label, std::int64_t done, std::int64_t total,
                          double seconds) {
  std::string text = fmt::format("{}  {}/{}", label, grouped(done), grouped(total));
  if (done > 0 && seconds > 0) {
    const double rate = static_cast<double>(done) / seconds;
    text += fmt::format("  {:.{}f}/s  {} left", rate, rate < 10 ? 2 : (rate < 100 ? 1 : 0),
                        duration_text(static_cast<double>(total - done) / rate));
  }
  return text;
}

Progress::Progress(std::string label, std::int64_t total, bool quiet)
    : label_(std::move(label)),
      total_(total),
      enabled_(!quiet && isatty(STDERR_FILENO) == 1),
      start_(Clock::now()),
      next_(start_) {
  update(0);
}

Progress::~Progress() {
  if (drawn_) {
    std::fputs(kClearLine, stderr);
  }
}

void Progress::update(std::int64_t done) {
  const Clock::time_point now = Clock::now();
  if (!enabled_ || now < next_) {
    return;
  }
  next_ = now + kInterval;
  drawn_ = true;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  std::fputs((kClearLine + progress_text(label_, done, total_, seconds)).c_str(), stderr);
}

}  // namespace airnn
