// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/evaluation_tasks.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "hw/sim/results_of_run.h"
#include "hw/sim/workers/parallel_run.h"
#include "sw/campaign/evaluation_cost.h"
#include "sw/campaign/skipped_iterations.h"
#include "sw/compiler/compiled_image.h"
#include "sw/console/output_path.h"
#include "sw/data/data_file.h"
#include "sw/data/preprocess.h"
#include "sw/describe/compile_result.h"
#include "sw/describe/json_file.h"
#include "sw/format/output_file.h"
#include "sw/results/record_codec.h"
#include "sw/results/run_files.h"
#include "sw/results/saturation.h"
#include "sw/results/stored_record.h"

namespace airnn {

namespace {

/// The machine and the reference must agree on every iteration that ran.
void compare(const RunRecord& record, const std::vector<std::vector<std::int32_t>>& reference) {
  for (std::size_t n = 0; n < record.inputs.size(); ++n) {
    const std::vector<std::uint32_t>& simulated = record.inputs[n].predictions;
    for (std::size_t i = 0; i < simulated.size(); ++i) {
      if (static_cast<std::int32_t>(simulated[i]) != reference[i][n]) {
        throw std::logic_error(
            fmt::format("input {}, iteration {}: the machine predicts {}, the reference {}", n,
                        i + 1, simulated[i], reference[i][n]));
      }
    }
  }
}

/// A process that was killed may have been unlucky.
constexpr int kAttempts = 3;

RunFailure told_of_attempts(RunFailure failure) {
  std::array<char, 256> host{};
  if (gethostname(host.data(), host.size() - 1) != 0) {
    host.fill('\0');
  }
  failure.message += fmt::format("; {} attempts on host '{}' ended so", kAttempts, host.data());
  return failure;
}

std::string path_of(const SealedFiles& scrap) {
  return scrap.path(scrap.files[0]);
}

}  // namespace

EvaluationTasks::EvaluationTasks(const PlannedEvaluation& planned, const EvaluationPlanner& planner,
                                 EvaluationFolder& folder, CampaignListener& listener,
                                 std::function<bool()> stop)
    : planned_(planned),
      planner_(planner),
      folder_(folder),
      listener_(listener),
      stop_([this, stop = std::move(stop)] { return stopped_ || stop(); }) {}

SealedFiles EvaluationTasks::files(const Task& task) const {
  const EvaluationLayout& layout = folder_.layout();
  switch (task.kind) {
    case TaskKind::image:
      return layout.image(point(task).image_key);
    case TaskKind::piece:
      return layout.records(point(task).records_key, task.first);
    case TaskKind::reference:
      return layout.predictions(point(task).image_key, wanted(task).data_key);
    case TaskKind::measures:
      break;
  }
  return layout.run(point(task).run_key);
}

bool EvaluationTasks::has(const Task& task) const {
  return folder_.has(files(task));
}

void EvaluationTasks::make(const Task& task, unsigned workers) {
  listener_.begin_point(task.point);
  end_if_stopped();
  switch (task.kind) {
    case TaskKind::image:
      return compile(task, workers);
    case TaskKind::piece:
      return simulate(task, workers);
    case TaskKind::reference:
      return predict_all(task, workers);
    case TaskKind::measures:
      return measure(task);
  }
}

void EvaluationTasks::end_if_stopped() const {
  if (stop_()) {
    throw RunError({FailureKind::stopped, "stopped"});
  }
}

const MemoryImage& EvaluationTasks::image(const std::string& image_key) {
  if (!image_ || image_key_ != image_key) {
    const SealedFiles stored = folder_.layout().image(image_key);
    image_.reset();  // at most one is held
    image_ = MemoryImage::read(stored.path(stored.files[0]));
    image_key_ = image_key;
  }
  return *image_;
}

void EvaluationTasks::compile(const Task& task, unsigned workers) {
  const PointTask& wanted = this->wanted(task);
  const SealedFiles stored = files(task);
  const std::string path = stored.path(stored.files[0]);
  image_.reset();
  const CompiledImage compiled = compile_image(
      wanted.request, wanted.model, static_cast<int>(workers), {}, [this] { end_if_stopped(); });
  folder_.make_place(stored);
  write_json_file(compile_json({file_name(wanted.model), file_name(path), compiled.options,
                                compiled.report, compiled.image}),
                  stored.path(stored.files[1]));
  write_file(path, compiled.image.bytes());
  write_seal(stored);
}

std::function<std::vector<std::int32_t>(std::uint32_t)> EvaluationTasks::source(
    const PointTask& task, const MemoryImage& image, std::int64_t first) const {
  const ImageSet& images = planner_.sets().of(task.network).images;
  const auto converter = std::make_shared<InputConverter>(image.network());
  return [&images, converter, first = task.first + first](std::uint32_t i) {
    return converter->quantise(images, static_cast<std::int32_t>(first + i));
  };
}

void EvaluationTasks::simulate(const Task& task, unsigned workers) {
  const MemoryImage& image = this->image(point(task).image_key);
  const SealedFiles begun = folder_.layout().begun_records(point(task).records_key, task.first);
  const auto count = static_cast<std::size_t>(task.count);
  RunRecord record;
  if (folder_.has(begun)) {
    record = stored_record(DataFile(path_of(begun)).read_all(), path_of(begun), image, count);
    listener_.advanced(static_cast<double>(record.inputs.size()) * input_cost(image.network()));
  }
  for (int attempt = 1; record.inputs.size() < count; ++attempt) {
    const ParallelResult result = simulate_rest(task, image, workers, record);
    if (record.inputs.size() == count) {
      break;
    }
    const bool is_of_host = !result.failure || result.failure->kind == FailureKind::resources;
    // The reads and cycles that faults name are counted from a piece's beginning.
    if (is_of_host && !record.inputs.empty() && wanted(task).config->faults.empty()) {
      write_scrap(begun, encode_record(record));
    }
    if (!result.failure) {
      throw RunError({FailureKind::stopped, "stopped"});
    }
    if (!is_of_host || attempt == kAttempts) {
      throw RunError(is_of_host ? told_of_attempts(*result.failure) : *result.failure);
    }
  }
  write_scrap(files(task), encode_record(record));
  if (folder_.has(begun)) {
    discard(begun);
  }
}

ParallelResult EvaluationTasks::simulate_rest(const Task& task, const MemoryImage& image,
                                              unsigned workers, RunRecord& record) {
  const RunConfig& config = *wanted(task).config;
  const auto finished = static_cast<std::int64_t>(record.inputs.size());
  ParallelRun run;
  run.count = static_cast<std::uint32_t>(task.count - finished);
  run.jobs = config.faults.empty() ? workers : 1;
  run.apart = true;
  run.first = static_cast<std::uint32_t>(task.first + finished);
  run.faults = config.faults;
  run.watchdog_cycles = config.watchdog_cycles;
  run.input = source(wanted(task), image, task.first + finished);
  run.stop = stop_;
  std::uint32_t seen = 0;
  run.progress = [&](std::uint32_t done) {
    listener_.advanced((done - seen) * input_cost(image.network()));
    seen = done;
  };
  const auto start = std::chrono::steady_clock::now();
  ParallelResult result = run_parallel(config.accelerator, image, run);
  work_.simulating_seconds +=
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  work_.inputs += result.record.inputs.size();
  work_.cycles += result.record.total_cycles();
  work_.peak_memory_bytes = std::max(work_.peak_memory_bytes, result.peak_memory_bytes);
  stopped_ = stopped_ || result.stopped;
  if (record.inputs.empty()) {
    record = std::move(result.record);
  } else if (!result.record.inputs.empty()) {
    append_stored(record, result.record, "the simulation");
  }
  return result;
}

void EvaluationTasks::predict_all(const Task& task, unsigned workers) {
  const MemoryImage& image = this->image(point(task).image_key);
  const auto inputs = static_cast<std::size_t>(wanted(task).inputs);
  const Predictions predictions = predict(
      image, product_tables(wanted(task).config->elements), inputs, source(wanted(task), image, 0),
      workers, [](std::size_t) { return 0; }, stop_);
  write_scrap(files(task), encode_predictions(predictions));
  listener_.advanced(static_cast<double>(inputs) * input_cost(image.network()));
}

RunRecord EvaluationTasks::record(const Task& task, const MemoryImage& image) {
  const auto inputs = static_cast<std::size_t>(wanted(task).inputs);
  RunRecord record;
  while (record.inputs.size() < inputs) {
    const std::size_t first = record.inputs.size();
    const std::string path = path_of(
        folder_.layout().records(point(task).records_key, static_cast<std::int64_t>(first)));
    RunRecord part = stored_record(DataFile(path).read_all(), path, image, inputs - first);
    if (first == 0) {
      record = std::move(part);
    } else {
      append_stored(record, part, path);
    }
  }
  return record;
}

void EvaluationTasks::measure(const Task& task) {
  const PointTask& wanted = this->wanted(task);
  const MemoryImage& image = this->image(point(task).image_key);
  const RunRecord record = this->record(task, image);
  RunResults results =
      results_of_run(image, point(task).image_key + ".airnn", *wanted.config, record);
  const LabelledSet& set = planner_.sets().of(wanted.network);
  results.saturated_input_elements =
      InputConverter(image.network())
          .saturated(set.images, static_cast<std::size_t>(wanted.first), record.inputs.size());
  if (wanted.has_labels) {
    const auto first = set.labels.begin() + static_cast<std::ptrdiff_t>(wanted.first);
    results.labels.assign(first, first + static_cast<std::ptrdiff_t>(record.inputs.size()));
    const std::string path =
        path_of(folder_.layout().predictions(point(task).image_key, wanted.data_key));
    results.predictions_if_stopped =
        stored_predictions(DataFile(path).read_all(), path, image, record.inputs.size());
    if (wanted.config->faults.empty()) {
      compare(record, results.predictions_if_stopped);
    }
  }
  const SealedFiles stored = files(task);
  folder_.make_place(stored);
  write_run_files(stored.folder, run_files(results));
  write_seal(stored);
  if (const std::string warning = saturation_warning(results); !warning.empty()) {
    listener_.point_warned(planned_.plan, task.point, warning);
  }
}

void EvaluationTasks::write_scrap(const SealedFiles& scrap,
                                  const std::vector<std::uint8_t>& bytes) const {
  folder_.make_place(scrap);
  write_file(path_of(scrap), ByteView{bytes.data(), bytes.size()});
  write_seal(scrap);
}

}  // namespace airnn
