// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/campaign_command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "sw/campaign/failed_points.h"
#include "sw/campaign/shared/campaign_status.h"
#include "sw/cli/campaign_run.h"
#include "sw/cli/own_files.h"
#include "sw/console/console.h"
#include "sw/console/stop_signal.h"
#include "sw/console/warning_signal.h"

namespace airnn {

namespace {

/// Some of the steps that are left, and how many more.
std::string steps_text(const std::vector<std::string>& steps) {
  constexpr std::size_t kShown = 5;
  const std::vector<std::string> some(
      steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(std::min(kShown, steps.size())));
  return fmt::format(
      "{}{}", fmt::join(some, ", "),
      steps.size() > kShown ? fmt::format(" and {} more", steps.size() - kShown) : "");
}

}  // namespace

ExitCode CampaignCommand::run() {
  arguments_.check(name_);
  if (!arguments_.status().empty()) {
    return show_status();
  }
  if (!arguments_.cancel().empty()) {
    return cancel();
  }
  CampaignOptions options = arguments_.options();
  const std::string file = file_or_name("experiment", OwnFile::experiment, arguments_.experiment());
  const ExperimentSuite suite = read_suite(arguments_.experiment());
  prepare(suite, options);
  switch (options.role) {
    case CampaignRole::alone:
      break;
    case CampaignRole::worker:
      return do_share(suite, options);
    case CampaignRole::planner:
      return submit(suite, options, arguments_.slurm_request(name_, file));
    case CampaignRole::collector:
      return collect(suite, options, file);
  }
  return do_all(suite, options);
}

ExitCode CampaignCommand::show_status() const {
  const CampaignStatus status = campaign_status(arguments_.status());
  print(arguments_.as_json() ? status_json(status) : status_text(status, arguments_.status()));
  return ExitCode::done;
}

ExitCode CampaignCommand::cancel() const {
  const std::vector<std::string> ids = cancel_jobs(arguments_.cancel());
  print(fmt::format("cancelled jobs {}; what is done stays: {}\n", fmt::join(ids, ", "),
                    arguments_.cancel()));
  return ExitCode::done;
}

CampaignResult CampaignCommand::carry_out(const ExperimentSuite& suite,
                                          const CampaignOptions& options) const {
  StopSignal stop;
  return run_campaign(suite, options, arguments_.is_quiet(), stop);
}

void CampaignCommand::print_result(const CampaignResult& result) const {
  if (!arguments_.is_quiet()) {
    print(summary(result.plan, arguments_.out()) + campaign_summary(result, arguments_.out()));
  }
}

ExitCode CampaignCommand::do_all(const ExperimentSuite& suite,
                                 const CampaignOptions& options) const {
  const CampaignResult result = carry_out(suite, options);
  print_result(result);
  return result.stopped ? ExitCode::stopped : worst(result.failures);
}

ExitCode CampaignCommand::do_share(const ExperimentSuite& suite, CampaignOptions options) const {
  const WarningSignal warning;
  options.has_enough = [&] { return warning.came(); };
  const CampaignResult result = carry_out(suite, options);
  if (!arguments_.is_quiet()) {
    print(campaign_summary(result, arguments_.out()));
  }
  return result.stopped ? ExitCode::stopped : worst(result.failures);
}

ExitCode CampaignCommand::submit(const ExperimentSuite& suite, const CampaignOptions& options,
                                 const SlurmRequest& request) const {
  check_slurm(request);
  const CampaignResult result = carry_out(suite, options);
  const SlurmJobs jobs = submit_jobs(request, result.ended);
  if (!arguments_.is_quiet()) {
    print(fmt::format(
        "{} of {} points are done, {} steps are left: {}\njob {} has {} workers, job {} finishes; "
        "'airnn {} --status {}' shows how far they are\n",
        result.done, result.plan.points.size(), result.left.size(), arguments_.out(), jobs.workers,
        request.workers, jobs.collector, name_, arguments_.out()));
  }
  return ExitCode::done;
}

ExitCode CampaignCommand::collect(const ExperimentSuite& suite, const CampaignOptions& options,
                                  const std::string& file) const {
  const bool has_slurm = arguments_.is_for_slurm();
  const SlurmRequest request = has_slurm ? arguments_.slurm_request(name_, file) : SlurmRequest();
  const CampaignResult result = carry_out(suite, options);
  print_result(result);
  if (!result.stopped) {
    return worst(result.failures);
  }
  if (has_slurm && result.ended > ended_before(request.out)) {
    const SlurmJobs jobs = submit_jobs(request, result.ended);
    print(fmt::format("{} steps are left; job {} has {} workers, job {} finishes\n",
                      result.left.size(), jobs.workers, request.workers, jobs.collector));
    return ExitCode::stopped;
  }
  print_error(fmt::format("airnn: {}: {} steps are left{}: {}\n", arguments_.out(),
                          result.left.size(),
                          has_slurm ? ", and no more are done than before the last workers" : "",
                          steps_text(result.left)));
  return ExitCode::stopped;
}

}  // namespace airnn
