// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/option_values.h"

#include <algorithm>
#include <cstdlib>
#include <thread>

namespace airnn {

namespace {

constexpr int kMaxJobs = 256;

}  // namespace

int jobs_option(const std::string& text) {
  return static_cast<int>(integer_option("--jobs", text, 1, kMaxJobs));
}

/// A job of Slurm has the processors that it asked for, whatever the machine has; not every site
/// binds it to them.
std::string default_jobs() {
  const char* const of_job = std::getenv("SLURM_CPUS_PER_TASK");
  const int processors = of_job == nullptr || std::atoi(of_job) < 1
                             ? static_cast<int>(std::thread::hardware_concurrency())
                             : std::atoi(of_job);
  return std::to_string(std::clamp(processors, 1, kMaxJobs));
}

}  // namespace airnn
