// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/campaign_run.h"

#include <fmt/format.h>

#include <cstddef>
#include <utility>
#include <vector>

#include "sw/campaign/compile_keys.h"
#include "sw/cli/evaluation_listener.h"
#include "sw/cli/own_files.h"
#include "sw/console/table.h"
#include "sw/evaluate/experiment_reader.h"

namespace airnn {

namespace {

/// Where files of an experiment may lie that are not beside it.
std::vector<std::string> other_folders() {
  const std::string own = own_folder().string();
  return own.empty() ? std::vector<std::string>{"."} : std::vector<std::string>{own, "."};
}

}  // namespace

ExperimentSuite read_suite(const std::string& experiment) {
  return read_experiments(file_or_name("experiment", OwnFile::experiment, experiment),
                          wrong_matrix_key, other_folders());
}

CampaignResult run_campaign(const ExperimentSuite& suite, const CampaignOptions& options,
                            bool quiet, StopSignal& stop) {
  const bool is_worker = options.role == CampaignRole::worker;
  EvaluationListener listener(options.out, quiet, is_worker && !quiet);
  return Campaign(suite, CampaignTables(), options, listener, [&] { return stop.requested(); })
      .run();
}

std::string campaign_summary(const CampaignResult& result, const std::string& out) {
  const EvaluationWork& work = result.work;
  std::string text = fmt::format("{} of {} points are done, {} failed: {}\n", result.done,
                                 result.plan.points.size(), result.failures.size(), out);
  if (work.simulating_seconds > 0) {
    text += fmt::format(
        "simulated {} inputs, {} fabric cycles in {:.1f} s: {:.3g} million cycles/s, {:.4g} "
        "inputs/s, {} MB in the largest process\n",
        grouped(static_cast<long long>(work.inputs)), grouped(static_cast<long long>(work.cycles)),
        work.simulating_seconds, static_cast<double>(work.cycles) / work.simulating_seconds / 1e6,
        static_cast<double>(work.inputs) / work.simulating_seconds,
        work.peak_memory_bytes / 1'000'000);
  }
  return text;
}

}  // namespace airnn
