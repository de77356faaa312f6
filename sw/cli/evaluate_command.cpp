// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/evaluate_command.h"

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "sw/campaign/campaign.h"
#include "sw/campaign/compile_keys.h"
#include "sw/campaign/failed_points.h"
#include "sw/cli/option_values.h"
#include "sw/cli/own_files.h"
#include "sw/console/console.h"
#include "sw/console/evaluation_progress.h"
#include "sw/console/stop_signal.h"
#include "sw/console/table.h"
#include "sw/describe/file_faults.h"
#include "sw/describe/points_summary.h"
#include "sw/evaluate/experiment_reader.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

constexpr std::int64_t kMostShards = 1'000'000;

Shard parse_shard(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) {
    throw UserError(fmt::format("--shard: '{}'; expected i/n, as in 1/2 and 2/2", text));
  }
  const std::int64_t of = integer_option("--shard", text.substr(slash + 1), 1, kMostShards);
  const std::int64_t mine = integer_option("--shard", text.substr(0, slash), 0, of);
  return {static_cast<std::size_t>(mine), static_cast<std::size_t>(of)};
}

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

std::string summary(const CampaignResult& result, const std::string& out) {
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

}  // namespace

Options* EvaluateCommand::add_to(Options& program) {
  Options* app = program.add_subcommand(
      "evaluate", "Compile and simulate every point of a matrix, for a table or a figure");
  jobs_ = default_jobs();
  app->add_option("experiment", experiment_,
                  "What is to be run, and what to show of it: a file or a name, 'demo'")
      ->required()
      ->type_name("EXPERIMENT");
  app->add_option("--out", out_, "Folder for images, runs and evaluation.json")
      ->required()
      ->type_name("DIR");
  app->add_option("--jobs", jobs_, "Worker processes; the result does not depend on them")
      ->capture_machine_default()
      ->type_name("N");
  app->add_flag("--resume", resume_, "Go on with what the folder has");
  app->add_option("--shard", shard_,
                  "Every n-th point only, i from 1 to n; 'airnn merge' joins the shards")
      ->type_name("i/n");
  app->add_flag("-q,--quiet", quiet_, "Print nothing but errors");
  app->footer(
      "Example:\n"
      "  airnn evaluate configs/experiments/table2.yaml --out out/table2\n"
      "  airnn report out/table2 -o table2.html");
  return app;
}

ExitCode EvaluateCommand::run() {
  StopSignal stop;
  CampaignOptions options;
  options.out = out_;
  options.resume = resume_;
  options.shard = shard_.empty() ? Shard{} : parse_shard(shard_);
  options.workers = static_cast<unsigned>(jobs_option(jobs_));
  const ExperimentSuite suite =
      read_experiments(file_or_name("experiment", OwnFile::experiment, experiment_),
                       wrong_matrix_key, other_folders());
  CampaignResult result;
  {
    EvaluationListener listener(out_, quiet_);
    result = Campaign(suite, CampaignTables(), options, listener, [&] {
               return stop.requested();
             }).run();
  }
  if (!quiet_) {
    print(points_summary(result.plan, out_) + summary(result, out_));
  }
  return result.stopped ? ExitCode::stopped : worst(result.failures);
}

}  // namespace airnn
