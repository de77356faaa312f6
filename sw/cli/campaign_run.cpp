// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/campaign_run.h"

#include <fmt/format.h>

#include <cstddef>
#include <utility>
#include <vector>

#include "sw/campaign/compile_keys.h"
#include "sw/cli/own_files.h"
#include "sw/console/console.h"
#include "sw/console/evaluation_progress.h"
#include "sw/console/table.h"
#include "sw/describe/file_faults.h"
#include "sw/evaluate/experiment_reader.h"

namespace airnn {

namespace {

/// Where files of an experiment may lie that are not beside it.
std::vector<std::string> other_folders() {
  const std::string own = own_folder().string();
  return own.empty() ? std::vector<std::string>{"."} : std::vector<std::string>{own, "."};
}

/// Draws how far the evaluation is, and tells what goes wrong on standard error.
class EvaluationListener : public CampaignListener {
 public:
  EvaluationListener(std::string out, bool quiet) : out_(std::move(out)), progress_(quiet) {}

  void found_faults(const std::vector<FileFault>& faults) override {
    print_error(faults_line(faults, out_));
  }
  void planned(std::size_t points, double cost) override { progress_.expect(points, cost); }
  void begin_point(std::size_t point) override { progress_.begin_point(point); }
  void advanced(double cost) override { progress_.add(cost); }
  /// Failures are errors: they are told even with --quiet.
  void point_failed(const Plan& plan, std::size_t point, const std::string& message) override {
    print_error(fmt::format("airnn: {} failed: {}\n", name(plan, point), one_line(message)));
  }
  void point_warned(const Plan& plan, std::size_t point, const std::string& message) override {
    progress_.tell(fmt::format("airnn: warning: {}: {}", name(plan, point), one_line(message)));
  }

 private:
  static std::string name(const Plan& plan, std::size_t point) {
    return fmt::format("point {} ({})", point, plan.experiment_of(plan.points[point]).id);
  }

  std::string out_;
  EvaluationProgress progress_;
};

}  // namespace

ExperimentSuite read_suite(const std::string& experiment) {
  return read_experiments(file_or_name("experiment", OwnFile::experiment, experiment),
                          wrong_matrix_key, other_folders());
}

CampaignResult run_campaign(const ExperimentSuite& suite, const CampaignOptions& options,
                            bool quiet, StopSignal& stop) {
  EvaluationListener listener(options.out, quiet);
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
