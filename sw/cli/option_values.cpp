// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/option_values.h"

#include <algorithm>
#include <thread>

namespace airnn {

namespace {

constexpr int kMaxJobs = 256;

}  // namespace

int jobs_option(const std::string& text) {
  return static_cast<int>(integer_option("--jobs", text, 1, kMaxJobs));
}

std::string default_jobs() {
  return std::to_string(
      std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, kMaxJobs));
}

}  // namespace airnn
