// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/simulate_command.h"

#include <fmt/format.h>

#include <chrono>
#include <limits>
#include <utility>

#include "hw/sim/results_of_run.h"
#include "sw/campaign/skipped_iterations.h"
#include "sw/cli/option_values.h"
#include "sw/cli/own_files.h"
#include "sw/cli/result_folder.h"
#include "sw/console/console.h"
#include "sw/console/output_path.h"
#include "sw/console/progress.h"
#include "sw/console/stop_signal.h"
#include "sw/data/preprocess.h"
#include "sw/describe/run_summary.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"
#include "sw/format/shown_text.h"
#include "sw/results/coverage/coverage_file.h"
#include "sw/results/run_files.h"
#include "sw/results/saturation.h"

namespace airnn {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Trouble of the host leaves what was finished as good as after a stop; a machine that broke a
/// rule is not believed.
bool keeps_results(const RunFailure& failure, const RunRecord& record) {
  return (failure.kind == FailureKind::resources || failure.kind == FailureKind::killed ||
          failure.kind == FailureKind::internal) &&
         !record.inputs.empty();
}

std::string kept_text(std::ptrdiff_t inputs, const std::string& folder) {
  return folder.empty() ? ""
                        : fmt::format("; the first {} inputs are in {}", inputs, shown(folder));
}

}  // namespace

Options* SimulateCommand::add_to(Options& program) {
  Options* app =
      program.add_subcommand("simulate", "Run images through the cycle-accurate machine");
  app->add_option("image", image_, "The memory image")->required()->type_name("IMAGE.airnn");
  app->add_option("--run", run_, "The run's configuration: a file or a name, 'default'")
      ->required()
      ->type_name("RUN");
  app->add_option("--images", images_, "Images: IDX (also .gz), CIFAR-10 binary or .npy")
      ->type_name("FILE");
  app->add_option("--labels", labels_, "Labels: IDX or .npy; CIFAR-10 files have them inside")
      ->type_name("FILE");
  app->add_option("--first", first_, "Index of the first image")
      ->capture_default_str()
      ->type_name("F");
  app->add_option("--count", count_, "How many images (default: all from the first)")
      ->type_name("N");
  app->add_option("--threshold", threshold_, "Score at which an input ends; goes before the file's")
      ->type_name("T");
  app->add_option("--set", sets_, "Set a key of the configuration, e.g. accelerator.lanes=8")
      ->type_name("KEY=VALUE");
  app->add_option("--out", out_, "Folder for results.json, inputs.csv and counts.csv")
      ->type_name("DIR");
  app->add_option("--command-trace", command_trace_,
                  "Write every command of a memory that has commands as a line of CSV")
      ->type_name("FILE");
  app->add_option("--timeline", timeline_,
                  "Write what every unit did when, for ui.perfetto.dev or chrome://tracing")
      ->type_name("FILE.json");
  app->add_option("--coverage", coverage_,
                  "Count which states, streams and outcomes of the protocol the run reaches")
      ->type_name("FILE.json");
  wave_.add_to(*app);
  app->add_option("--jobs", jobs_, "Worker processes; the result does not depend on them")
      ->capture_default_str()
      ->type_name("N");
  app->add_flag("--no-monitors", no_monitors_, "Do not check the protocol rules (P1 to P13)");
  app->add_flag("--print-config", print_config_, "Print the complete configuration and stop");
  app->add_flag("-q,--quiet", quiet_, "Print nothing but errors");
  app->footer(
      "Example:\n  airnn simulate lenet5.airnn --run configs/run/default.yaml \\\n"
      "    --images digits-images.idx --labels digits-labels.idx --out results");
  return app;
}

ExitCode SimulateCommand::run() {
  const MemoryImage image = MemoryImage::read(image_);
  const RunConfig config = configuration(image);
  if (print_config_) {
    print(to_yaml(config.effective));
    return ExitCode::done;
  }
  const std::string& warning = config.accelerator.link.warning;
  if (!warning.empty() && !quiet_) {
    print_error(fmt::format("airnn: warning: {}\n", warning));
  }
  return simulate(image, config);
}

RunConfig SimulateCommand::configuration(const MemoryImage& image) const {
  std::vector<ConfigAssignment> sets;
  for (const std::string& set : sets_) {
    sets.push_back({set, {}});
  }
  if (!threshold_.empty()) {
    sets.push_back({"threshold=" + threshold_, {}});
  }
  return read_run_config(file_or_name("--run", OwnFile::run, run_), sets, image.network());
}

/// No more of the files than the run needs.
LabelledSet SimulateCommand::inputs(const Network& network) const {
  if (images_.empty()) {
    throw UserError("--images: expected a file of images");
  }
  if (count_.empty()) {
    return read_labelled_set(images_, labels_, network);
  }
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  return read_labelled_set(
      images_, labels_, network,
      integer_option("--first", first_, 0, kMost) + integer_option("--count", count_, 1, kMost));
}

/// Null if none was asked for.
std::unique_ptr<CommandTrace> SimulateCommand::command_trace(const RunConfig& config,
                                                             unsigned jobs) const {
  if (command_trace_.empty()) {
    return nullptr;
  }
  if (!config.accelerator.memory.channel) {
    throw UserError("--command-trace: the memory has no commands; expected one of model " +
                    memories_with_commands());
  }
  if (jobs > 1) {
    throw UserError(
        "--command-trace: the commands of several jobs are no sequence; expected "
        "--jobs 1");
  }
  check_output_path("--command-trace", command_trace_);
  return std::make_unique<CommandTrace>(command_trace_);
}

void SimulateCommand::check_timeline(unsigned jobs) const {
  if (timeline_.empty()) {
    return;
  }
  if (jobs > 1) {
    throw UserError(
        "--timeline: the events of several jobs have no common time; expected --jobs 1");
  }
  check_output_path("--timeline", timeline_);
  if (!command_trace_.empty()) {
    check_distinct("--timeline", timeline_, "--command-trace", command_trace_);
  }
}

void SimulateCommand::check_coverage(const RunConfig& config, const Network& network) const {
  if (coverage_.empty()) {
    return;
  }
  if (make_link(config.accelerator, network) != nullptr) {
    throw UserError(
        "--coverage: how long an item waits behind a link is not seen; expected "
        "accelerator.interconnect: direct");
  }
  if (config.accelerator.controller.group.inputs_per_batch > 1) {
    throw UserError(
        "--coverage: its table is that of one input after the other; expected "
        "accelerator.inputs_per_batch: 1");
  }
  check_output_path("--coverage", coverage_);
  for (const auto& [option, path] :
       {std::pair("--command-trace", command_trace_), std::pair("--timeline", timeline_)}) {
    if (!path.empty()) {
      check_distinct("--coverage", coverage_, option, path);
    }
  }
}

ExitCode SimulateCommand::simulate(const MemoryImage& image, const RunConfig& config) {
  const LabelledSet set = inputs(image.network());
  const std::int64_t available = set.images.count;
  const std::int64_t first = integer_option("--first", first_, 0, available - 1);
  const std::int64_t count =
      count_.empty() ? available - first : integer_option("--count", count_, 1, available - first);
  const auto jobs = static_cast<unsigned>(jobs_option(jobs_));
  if (!config.faults.empty() && jobs > 1) {
    throw UserError("faults: their cycles and reads are those of one machine; expected --jobs 1");
  }
  check_timeline(jobs);
  check_coverage(config, image.network());
  if (!out_.empty()) {
    make_result_folder(out_);
  }
  const WaveOptions wave = wave_.options(jobs);
  StopSignal stop;  // before the first file
  const std::unique_ptr<CommandTrace> commands = command_trace(config, jobs);

  const InputConverter converter(image.network());
  Progress progress("simulating", count, quiet_);
  ParallelRun run;
  run.count = static_cast<std::uint32_t>(count);
  run.jobs = jobs;
  run.first = static_cast<std::uint32_t>(first);
  run.monitors = !no_monitors_;
  run.faults = config.faults;
  run.watchdog_cycles = config.watchdog_cycles;
  run.input = [&](std::uint32_t i) {
    return converter.quantise(set.images, static_cast<std::int32_t>(first + i));
  };
  run.progress = [&](std::uint32_t done) { progress.update(done); };
  if (commands != nullptr) {
    run.on_command = [&](const CommandIssued& command) { commands->issued(command); };
  }
  run.timeline = timeline_;
  run.wave = wave;
  run.coverage = !coverage_.empty();
  run.stop = [&] { return stop.requested(); };
  const Clock::time_point start = Clock::now();
  const ParallelResult result = run_parallel(config.accelerator, image, run);
  if (result.failure && !keeps_results(*result.failure, result.record)) {
    throw RunError(*result.failure);
  }

  RunResults results = results_of_run(image, file_name(image_), config, result.record);
  results.host = HostCost{seconds_since(start), result.peak_memory_bytes};
  results.first_input = static_cast<std::uint32_t>(first);
  const auto finished = static_cast<std::ptrdiff_t>(result.record.inputs.size());
  if (finished < count) {
    results.inputs_wanted = static_cast<std::uint64_t>(count);
  }
  results.saturated_input_elements =
      converter.saturated(set.images, static_cast<std::size_t>(first), result.record.inputs.size());
  if (!set.labels.empty()) {
    results.labels.assign(set.labels.begin() + first, set.labels.begin() + first + finished);
    results.predictions_if_stopped =
        predict_skipped(image, product_tables(config.elements), result.record, run.input, jobs);
  }
  if (!out_.empty()) {
    write_run_files(out_, run_files(results));
  }
  if (result.failure) {
    throw RunError({result.failure->kind,
                    fmt::format("{}{}", result.failure->text(), kept_text(finished, out_))});
  }
  if (!coverage_.empty()) {
    write_file(coverage_, coverage_json(result.coverage));
  }
  if (commands != nullptr) {
    commands->commit();
  }
  if (const std::string warning = saturation_warning(results); !warning.empty()) {
    progress.tell("airnn: warning: " + one_line(warning));
  }
  if (!quiet_) {
    print(run_summary(results, out_));
  }
  return finished < count ? ExitCode::stopped : ExitCode::done;
}

}  // namespace airnn
