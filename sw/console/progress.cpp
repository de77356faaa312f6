// SPDX-License-Identifier: Apache-2.0
#include "sw/console/progress.h"

#include <fmt/format.h>

#include <utility>

#include "sw/console/table.h"

namespace airnn {

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
    : label_(std::move(label)), total_(total), line_(quiet) {
  update(0);
}

void Progress::update(std::int64_t done) {
  line_.update([&](double seconds) { return progress_text(label_, done, total_, seconds); });
}

}  // namespace airnn
