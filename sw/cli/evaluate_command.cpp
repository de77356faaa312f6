// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/evaluate_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

#include "hw/sim/simulation.h"
#include "sw/cli/console.h"
#include "sw/cli/evaluation_cost.h"
#include "sw/cli/evaluation_planner.h"
#include "sw/cli/evaluation_progress.h"
#include "sw/cli/evaluation_run.h"
#include "sw/cli/option_values.h"
#include "sw/cli/stop_signal.h"
#include "sw/cli/table.h"
#include "sw/evaluate/evaluation_document.h"
#include "sw/evaluate/experiment_reader.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

constexpr std::int64_t kMostShards = 1'000'000;

/// Shard `mine` of `of`: every of-th point.
struct Shard {
  std::size_t mine = 0;
  std::size_t of = 1;

  bool has(std::size_t point) const { return point % of == mine % of; }
};

Shard parse_shard(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) {
    throw UserError(fmt::format("--shard: '{}'; expected i/n, as in 1/2 and 2/2", text));
  }
  const std::int64_t of = integer_option("--shard", text.substr(slash + 1), 1, kMostShards);
  const std::int64_t mine = integer_option("--shard", text.substr(0, slash), 0, of);
  return {static_cast<std::size_t>(mine), static_cast<std::size_t>(of)};
}

/// The exit code that says most: a broken rule before bad input.
ExitCode worst(const PointFailures& failures) {
  ExitCode code = ExitCode::done;
  for (const auto& [point, failure] : failures) {
    const auto own = static_cast<ExitCode>(failure.code);
    if (code == ExitCode::done || own == ExitCode::rule_broken) {
      code = own;
    }
  }
  return code;
}

std::string summary(const Plan& plan, const PointFailures& failures, std::size_t done,
                    const EvaluationWork& work, const std::string& out) {
  std::string text;
  for (const auto& [point, failure] : failures) {
    text += fmt::format("point {} ({}) failed: {}\n", point,
                        plan.experiment_of(plan.points[point]).id, one_line(failure.message));
  }
  text += fmt::format("{} of {} points are done, {} failed: {}\n", done, plan.points.size(),
                      failures.size(), out);
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

/// What the points that are not there yet are going to cost.
double cost_of(const PlannedEvaluation& planned, const TestSets& sets, const Shard& shard,
               const EvaluationFolder& folder, const EvaluationPlanner& planner) {
  std::set<std::string> steps;
  double cost = 0;
  for (std::size_t i = 0; i < planned.tasks.size(); ++i) {
    const PlannedPoint& point = planned.plan.points[i];
    const PointTask& task = planned.tasks[i];
    if (!shard.has(i) || !point.error.empty() || point.run_key.empty() ||
        folder.has_run(point.run_key)) {
      continue;
    }
    const double inputs =
        static_cast<double>(sets.count(task.network)) * input_cost(planner.network(task.network));
    for (const std::string& step : {point.records_key, point.image_key + task.data_key}) {
      cost += steps.insert(step).second ? inputs : 0;
    }
  }
  return cost;
}

}  // namespace

CLI::App* EvaluateCommand::add_to(CLI::App& program) {
  CLI::App* app = program.add_subcommand(
      "evaluate", "Compile and simulate every point of a matrix, for a table or a figure");
  jobs_ = default_jobs();
  app->add_option("experiment", experiment_, "What is to be run, and what to show of it")
      ->required()
      ->type_name("EXPERIMENT.yaml");
  app->add_option("--out", out_, "Folder for images, runs and evaluation.json")
      ->required()
      ->type_name("DIR");
  app->add_option("--jobs", jobs_, "Worker processes; the result does not depend on them")
      ->capture_default_str()
      ->type_name("N");
  app->add_flag("--resume", resume_, "Go on with what the folder has");
  app->add_option("--shard", shard_, "Every n-th point only; 'airnn merge' joins the shards")
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
  const Shard shard = shard_.empty() ? Shard{} : parse_shard(shard_);
  const auto jobs = static_cast<unsigned>(jobs_option(jobs_));
  const ExperimentSuite suite = read_experiments(experiment_);
  EvaluationPlanner planner(suite);
  const PlannedEvaluation planned = planner.plan();
  const Plan& plan = planned.plan;

  EvaluationFolder folder(out_, resume_);
  write_text_file(plan_file(out_), plan_text(plan));
  PointFailures failures;
  std::size_t done = 0;
  bool stopped = false;
  EvaluationWork work;
  {
    EvaluationProgress progress(plan.points.size(),
                                cost_of(planned, planner.sets(), shard, folder, planner), quiet_);
    EvaluationRun evaluation(planned, planner.sets(), folder, jobs, progress,
                             [&] { return stop.requested(); });
    for (std::size_t i = 0; i < plan.points.size() && !stopped; ++i) {
      if (!shard.has(i)) {
        continue;
      }
      try {
        if (!plan.points[i].error.empty()) {
          throw UserError(plan.points[i].error);
        }
        stopped = !evaluation.run(i);
        done += stopped ? 0 : 1;
      } catch (const UserError& error) {
        failures[i] = {static_cast<int>(ExitCode::bad_input), error.what()};
      } catch (const SimulationError& error) {
        failures[i] = {static_cast<int>(ExitCode::rule_broken), error.what()};
      }
    }
    work = evaluation.work();
  }
  write_failures(out_, failures);
  write_evaluation(plan, out_);
  if (!stopped) {
    folder.remove_scraps();
  }
  if (!quiet_) {
    print(summary(plan, failures, done, work, out_));
  }
  return stopped ? ExitCode::stopped : worst(failures);
}

}  // namespace airnn
