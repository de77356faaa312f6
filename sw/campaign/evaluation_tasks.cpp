// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/evaluation_tasks.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "hw/sim/results_of_run.h"
#include "sw/campaign/evaluation_cost.h"
#include "sw/campaign/skipped_iterations.h"
#include "sw/compiler/compiled_image.h"
#include "sw/console/output_path.h"
#include "sw/data/data_file.h"
#include "sw/data/preprocess.h"
#include "sw/describe/compile_result.h"
#include "sw/describe/json_file.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"
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

/// Puts the inputs of `origin`, perhaps a file, behind those of a record.
void append(RunRecord& record, RunRecord next, const std::string& origin) {
  if (record.inputs.empty()) {
    record = std::move(next);
  } else {
    append_stored(record, next, origin);
  }
}

/// Of stored inputs the most that begin where `left` does, and do not go beyond.
std::optional<InputRange> known_part(const std::vector<InputRange>& stored, InputRange left) {
  std::optional<InputRange> longest;
  for (const InputRange& range : stored) {
    if (range.first == left.first && range.end() <= left.end() && range.count > 0 &&
        (!longest || longest->count < range.count)) {
      longest = range;
    }
  }
  return longest;
}

/// The inputs of `left` up to the next that are stored.
InputRange gap_before(const std::vector<InputRange>& stored, InputRange left) {
  std::int64_t end = left.end();
  for (const InputRange& range : stored) {
    if (range.first > left.first && range.end() <= left.end()) {
      end = std::min(end, range.first);
    }
  }
  return {left.first, end - left.first};
}

std::string path_of(const SealedFiles& scrap) {
  return scrap.path(scrap.files[0]);
}

}  // namespace

EvaluationTasks::EvaluationTasks(const PlannedEvaluation& planned, const EvaluationPlanner& planner,
                                 const TaskGraph& graph, EvaluationFolder& folder,
                                 CampaignListener& listener, std::function<bool()> stop)
    : planned_(planned),
      planner_(planner),
      graph_(graph),
      folder_(folder),
      listener_(listener),
      stop_([this, stop = std::move(stop)] { return stopped_ || stop(); }) {}

SealedFiles EvaluationTasks::files(const Task& task) const {
  const EvaluationLayout& layout = folder_.layout();
  switch (task.kind) {
    case TaskKind::image:
      return layout.image(point(task).image_key);
    case TaskKind::piece:
      return layout.records(point(task).records_key, task.inputs);
    case TaskKind::reference:
      return layout.predictions(point(task).image_key, wanted(task).data_key, task.inputs);
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

ParallelResult EvaluationTasks::run(const Task& task, const MemoryImage& image, InputRange inputs,
                                    unsigned workers) {
  const RunConfig& config = *wanted(task).config;
  ParallelRun run;
  run.count = static_cast<std::uint32_t>(inputs.count);
  run.jobs = config.faults.empty() ? workers : 1;
  run.apart = true;
  run.first = static_cast<std::uint32_t>(inputs.first);
  run.faults = config.faults;
  run.watchdog_cycles = config.watchdog_cycles;
  run.input = source(wanted(task), image, inputs.first);
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
  for (const LaterInputs& later : result.later) {
    work_.inputs += later.record.inputs.size();
    work_.cycles += later.record.total_cycles();
  }
  work_.peak_memory_bytes = std::max(work_.peak_memory_bytes, result.peak_memory_bytes);
  stopped_ = stopped_ || result.stopped;
  return result;
}

/// What is finished of a piece is stored when it ends early, so that nothing is done again; with
/// faults, which name reads and cycles of one machine, it begins anew.
void EvaluationTasks::simulate(const Task& task, unsigned workers) {
  const MemoryImage& image = this->image(point(task).image_key);
  const std::string& key = point(task).records_key;
  const bool has_parts = wanted(task).config->faults.empty();
  const auto stored = [&] {
    return has_parts ? folder_.stored_records(key) : std::vector<InputRange>();
  };
  std::vector<InputRange> before = stored();
  RunRecord record;
  int attempt = 1;
  for (std::int64_t at = task.inputs.first; at < task.inputs.end();) {
    const InputRange left = {at, task.inputs.end() - at};
    if (const std::optional<InputRange> known = known_part(before, left)) {
      append(record, part_of(key, *known, image), path_of(folder_.layout().records(key, *known)));
      listener_.advanced(static_cast<double>(known->count) * input_cost(image.network()));
      at = known->end();
      continue;
    }
    const InputRange gap = gap_before(before, left);
    ParallelResult result = run(task, image, gap, workers);
    if (static_cast<std::int64_t>(result.record.inputs.size()) == gap.count) {
      append(record, std::move(result.record), "worker processes");
      at = gap.end();
      continue;
    }
    if (has_parts) {
      store_parts(key, gap, result);
    }
    if (!result.failure) {
      throw RunError({FailureKind::stopped, "stopped"});
    }
    if (result.failure->kind != FailureKind::killed) {
      throw RunError(*result.failure);
    }
    if (attempt == attempts_) {
      throw RunError(failure_after(attempt, *result.failure));
    }
    listener_.attempt_failed(planned_.plan, task.point, attempt++, result.failure->text());
    before = stored();
  }
  write_scrap(files(task), encode_record(record));
}

void EvaluationTasks::store_parts(const std::string& records_key, InputRange gap,
                                  const ParallelResult& result) const {
  const auto store = [&](std::int64_t first, const RunRecord& record) {
    const auto count = static_cast<std::int64_t>(record.inputs.size());
    if (count > 0) {
      write_scrap(folder_.layout().records(records_key, {first, count}), encode_record(record));
    }
  };
  store(gap.first, result.record);
  for (const LaterInputs& later : result.later) {
    store(gap.first + later.first, later.record);
  }
}

RunRecord EvaluationTasks::part_of(const std::string& records_key, InputRange inputs,
                                   const MemoryImage& image) const {
  const std::string path = path_of(folder_.layout().records(records_key, inputs));
  RunRecord part =
      stored_record(DataFile(path).read_all(), path, image, static_cast<std::size_t>(inputs.count));
  if (static_cast<std::int64_t>(part.inputs.size()) != inputs.count) {
    throw DataError(fmt::format("{}: expected the records of {} inputs, found {}", path,
                                inputs.count, part.inputs.size()));
  }
  return part;
}

void EvaluationTasks::predict_all(const Task& task, unsigned workers) {
  const MemoryImage& image = this->image(point(task).image_key);
  const auto inputs = static_cast<std::size_t>(task.inputs.count);
  const Predictions predictions = predict(
      image, product_tables(wanted(task).config->elements), inputs,
      source(wanted(task), image, task.inputs.first), workers, [](std::size_t) { return 0; },
      stop_);
  write_scrap(files(task), encode_predictions(predictions));
  listener_.advanced(static_cast<double>(inputs) * input_cost(image.network()));
}

RunRecord EvaluationTasks::record(const Task& task, const MemoryImage& image) const {
  RunRecord record;
  for (const std::size_t need : task.needs) {
    const Task& piece = graph_.task(need);
    if (piece.kind != TaskKind::piece) {
      continue;
    }
    append(record, part_of(point(task).records_key, piece.inputs, image), path_of(files(piece)));
  }
  return record;
}

Predictions EvaluationTasks::predictions(const Task& task, const MemoryImage& image) const {
  Predictions all;
  for (const std::size_t need : task.needs) {
    const Task& part = graph_.task(need);
    if (part.kind != TaskKind::reference) {
      continue;
    }
    const std::string path = path_of(files(part));
    Predictions predictions = stored_predictions(DataFile(path).read_all(), path, image,
                                                 static_cast<std::size_t>(part.inputs.count));
    if (part.inputs.first == 0) {
      all = std::move(predictions);
      continue;
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
      all[i].insert(all[i].end(), predictions[i].begin(), predictions[i].end());
    }
  }
  return all;
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
    results.predictions_if_stopped = predictions(task, image);
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

void EvaluationTasks::write_scrap(const SealedFiles& stored,
                                  const std::vector<std::uint8_t>& bytes) const {
  folder_.make_place(stored);
  write_file(path_of(stored), ByteView{bytes.data(), bytes.size()});
  write_seal(stored);
}

}  // namespace airnn
