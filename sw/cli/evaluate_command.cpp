// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/evaluate_command.h"

#include <fmt/format.h>

#include <cstddef>
#include <exception>
#include <filesystem>
#include <set>
#include <utility>
#include <vector>

#include "hw/sim/run_failure.h"
#include "sw/campaign/evaluation_cost.h"
#include "sw/campaign/evaluation_planner.h"
#include "sw/campaign/evaluation_progress.h"
#include "sw/campaign/evaluation_run.h"
#include "sw/campaign/failed_points.h"
#include "sw/campaign/failure_code.h"
#include "sw/cli/option_values.h"
#include "sw/cli/own_files.h"
#include "sw/console/console.h"
#include "sw/console/output_path.h"
#include "sw/console/stop_signal.h"
#include "sw/console/table.h"
#include "sw/describe/file_faults.h"
#include "sw/describe/points_summary.h"
#include "sw/evaluate/evaluation_document.h"
#include "sw/evaluate/evaluation_folder.h"
#include "sw/evaluate/experiment_reader.h"
#include "sw/evaluate/point_failures.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"

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

/// Where files of an experiment may lie that are not beside it.
std::vector<std::string> other_folders() {
  const std::string own = own_folder().string();
  return own.empty() ? std::vector<std::string>{"."} : std::vector<std::string>{own, "."};
}

/// A message without the folders that files lie in: the same wherever the experiment is run.
std::string portable(std::string message, const PointTask& task, const Settings& settings,
                     const std::string& out) {
  std::vector<std::string> files{task.model};
  for (const Setting& setting : settings) {
    files.push_back(setting.position.origin);
    if (is_file_key(setting.key)) {
      files.push_back(std::filesystem::absolute(setting.value).string());
      files.push_back(setting.value);
    }
  }
  std::vector<std::pair<std::string, std::string>> replacements{{out + "/", ""}};
  for (const std::string& file : files) {
    if (!file.empty()) {
      replacements.emplace_back(file, file_name(file));
    }
  }
  for (const auto& [from, to] : replacements) {
    for (std::size_t at = message.find(from); at != std::string::npos;
         at = message.find(from, at + to.size())) {
      message.replace(at, from.size(), to);
    }
  }
  return message;
}

/// Failures are errors: they are told even with --quiet, and as soon as they are known.
void tell(std::size_t point, const Plan& plan, const std::string& message) {
  print_error(fmt::format("airnn: point {} ({}) failed: {}\n", point,
                          plan.experiment_of(plan.points[point]).id, one_line(message)));
}

std::string summary(const Plan& plan, const PointFailures& failures, std::size_t done,
                    const EvaluationWork& work, const std::string& out) {
  std::string text = fmt::format("{} of {} points are done, {} failed: {}\n", done,
                                 plan.points.size(), failures.size(), out);
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
double cost_of(const PlannedEvaluation& planned, const TestSets& sets,
               const std::vector<std::size_t>& points, const EvaluationFolder& folder,
               const EvaluationPlanner& planner) {
  std::set<std::string> steps;
  double cost = 0;
  for (const std::size_t i : points) {
    const PlannedPoint& point = planned.plan.points[i];
    const PointTask& task = planned.tasks[i];
    if (point.run_key.empty() || folder.has(folder.layout().run(point.run_key))) {
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

/// Else of the host or of the program: the point may well succeed another time.
bool is_of_the_point(FailureKind kind) {
  return kind == FailureKind::rule || kind == FailureKind::hang || kind == FailureKind::input;
}

/// Where nothing can be written, no other point could be stored either.
void check_room(const std::string& folder) {
  constexpr std::size_t kPlenty = 1'000'000;
  OutputFile probe(folder + "/room");
  probe.write(std::string(kPlenty, '\0'));
  probe.sync();
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
  const Shard shard = shard_.empty() ? Shard{} : parse_shard(shard_);
  const auto jobs = static_cast<unsigned>(jobs_option(jobs_));
  const ExperimentSuite suite =
      read_experiments(file_or_name("experiment", OwnFile::experiment, experiment_),
                       wrong_matrix_key, other_folders());
  EvaluationPlanner planner(suite);
  const PlannedEvaluation planned = planner.plan();
  const Plan& plan = planned.plan;

  EvaluationFolder folder(out_, resume_, plan.program());
  print_error(faults_line(folder.begin(plan), out_));
  PointFailures failures;
  const auto fail = [&](std::size_t point, ExitCode code, const std::string& message) {
    failures[point] = {static_cast<int>(code),
                       portable(message, planned.tasks[point], plan.points[point].settings, out_)};
    tell(point, plan, message);
  };
  std::vector<std::size_t> points;
  for (std::size_t i = 0; i < plan.points.size(); ++i) {
    if (shard.has(i) && planned.tasks[i].error.empty()) {
      points.push_back(i);
    } else if (shard.has(i)) {
      fail(i, ExitCode::bad_input, planned.tasks[i].error);
    }
  }
  std::size_t done = 0;
  bool stopped = false;
  bool may_go_on = false;  // --resume would find use for what is finished of a failed point
  EvaluationWork work;
  {
    EvaluationProgress progress(plan.points.size(),
                                cost_of(planned, planner.sets(), points, folder, planner), quiet_);
    EvaluationRun evaluation(planned, planner.sets(), folder, jobs, progress,
                             [&] { return stop.requested(); });
    for (const std::size_t i : points) {
      try {
        stopped = !evaluation.run(i);
        if (stopped) {
          break;
        }
        ++done;
      } catch (...) {
        const RunFailure failure = failure_of(std::current_exception());
        stopped = failure.kind == FailureKind::stopped;
        if (stopped) {
          break;
        }
        fail(i, exit_code(failure.kind),
             failure.kind == FailureKind::input ? located(failure.message, plan.points[i].settings)
                                                : failure.message);
        may_go_on = may_go_on || !is_of_the_point(failure.kind);
        if (failure.kind == FailureKind::resources) {
          check_room(out_);
        }
      }
    }
    work = evaluation.work();
  }
  write_failures(out_, failures);
  write_evaluation(plan, out_);
  if (!stopped && !may_go_on) {
    folder.remove_scraps();
  }
  folder.finish(plan);
  if (!quiet_) {
    print(points_summary(plan, out_) + summary(plan, failures, done, work, out_));
  }
  return stopped ? ExitCode::stopped : worst(failures);
}

}  // namespace airnn
