// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/evaluation_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <utility>

#include "hw/sim/results_of_run.h"
#include "hw/sim/workers/parallel_run.h"
#include "sw/campaign/evaluation_cost.h"
#include "sw/campaign/skipped_iterations.h"
#include "sw/compiler/compiled_image.h"
#include "sw/console/console.h"
#include "sw/console/output_path.h"
#include "sw/data/data_file.h"
#include "sw/data/preprocess.h"
#include "sw/describe/compile_result.h"
#include "sw/describe/json_file.h"
#include "sw/format/output_file.h"
#include "sw/results/record_codec.h"
#include "sw/results/run_files.h"
#include "sw/results/saturation.h"

namespace airnn {

namespace {

/// Inputs that are simulated before the result is stored: what a kill can cost at most.
constexpr std::int64_t kPiece = 2000;

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

}  // namespace

EvaluationRun::EvaluationRun(const PlannedEvaluation& planned, TestSets& sets,
                             EvaluationFolder& folder, unsigned jobs, EvaluationProgress& progress,
                             std::function<bool()> stop)
    : planned_(planned),
      sets_(sets),
      folder_(folder),
      jobs_(jobs),
      progress_(progress),
      stop_([this, stop = std::move(stop)] { return stopped_ || stop(); }) {}

bool EvaluationRun::run(std::size_t index) {
  const PlannedPoint& point = planned_.plan.points[index];
  const PointTask& task = planned_.tasks[index];
  progress_.begin_point(index);
  if (stop_()) {
    return false;
  }
  const bool is_simulated =
      point.run_key.empty() || folder_.has(folder_.layout().run(point.run_key));
  if (is_simulated && folder_.has(folder_.layout().image(point.image_key))) {
    return true;
  }
  const MemoryImage& compiled = image(point, task);
  if (is_simulated) {
    return true;
  }
  const RunConfig& config = *task.config;
  RunRecord record;
  if (!simulate(point, task, compiled, config, record)) {
    return false;
  }
  write_results(point, task, compiled, config, record);
  return true;
}

const MemoryImage& EvaluationRun::image(const PlannedPoint& point, const PointTask& task) {
  if (image_ && image_key_ == point.image_key) {
    return *image_;
  }
  const SealedFiles files = folder_.layout().image(point.image_key);
  const std::string path = files.path(files.files[0]);
  image_.reset();  // at most one is held
  if (!folder_.has(files)) {
    const CompiledImage compiled = compile_image(task.request, task.model, static_cast<int>(jobs_));
    folder_.make_place(files);
    write_json_file(compile_json({file_name(task.model), file_name(path), compiled.options,
                                  compiled.report, compiled.image}),
                    files.path(files.files[1]));
    write_file(path, compiled.image.bytes());
    write_seal(files);
  }
  image_ = MemoryImage::read(path);
  image_key_ = point.image_key;
  return *image_;
}

std::function<std::vector<std::int32_t>(std::uint32_t)> EvaluationRun::source(
    const PointTask& task, const MemoryImage& image, std::int64_t first) const {
  const ImageSet& images = sets_.of(task.network).images;
  const auto converter = std::make_shared<InputConverter>(image.network());
  return [&images, converter, first](std::uint32_t i) {
    return converter->quantise(images, static_cast<std::int32_t>(first + i));
  };
}

bool EvaluationRun::simulate(const PlannedPoint& point, const PointTask& task,
                             const MemoryImage& image, const RunConfig& config, RunRecord& record) {
  const std::int64_t inputs = sets_.count(task.network);
  // Faults name reads and cycles of one machine.
  const std::int64_t piece_inputs = config.faults.empty() ? kPiece : inputs;
  for (std::int64_t first = 0; first < inputs; first += piece_inputs) {
    const std::int64_t count = std::min(piece_inputs, inputs - first);
    const SealedFiles files = folder_.layout().records(point.records_key, first);
    RunRecord part;
    if (folder_.has(files)) {
      const std::string path = files.path(files.files[0]);
      part = decode_record(DataFile(path).read_all(), path);
      progress_.add(static_cast<double>(count) * input_cost(image.network()));
    } else {
      part = piece(task, image, config, first, count);
      if (static_cast<std::int64_t>(part.inputs.size()) < count) {
        return false;
      }
      write_scrap(files, encode_record(part));
    }
    if (first == 0) {
      record = std::move(part);
    } else {
      record.merge(part);
    }
  }
  return true;
}

RunRecord EvaluationRun::piece(const PointTask& task, const MemoryImage& image,
                               const RunConfig& config, std::int64_t first, std::int64_t count) {
  ParallelRun run;
  run.count = static_cast<std::uint32_t>(count);
  run.jobs = config.faults.empty() ? jobs_ : 1;
  run.apart = true;
  run.first = static_cast<std::uint32_t>(first);
  run.faults = config.faults;
  run.watchdog_cycles = config.watchdog_cycles;
  run.input = source(task, image, first);
  run.stop = stop_;
  std::uint32_t seen = 0;
  run.progress = [&](std::uint32_t done) {
    progress_.add((done - seen) * input_cost(image.network()));
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
  if (result.failure) {
    throw RunError(*result.failure);
  }
  return std::move(result.record);
}

Predictions EvaluationRun::predictions(const PlannedPoint& point, const PointTask& task,
                                       const MemoryImage& image) {
  const SealedFiles files = folder_.layout().predictions(point.image_key, task.data_key);
  const auto inputs = static_cast<std::size_t>(sets_.count(task.network));
  if (folder_.has(files)) {
    const std::string path = files.path(files.files[0]);
    return decode_predictions(DataFile(path).read_all(), path);
  }
  Predictions predictions = predict(
      image, inputs, source(task, image, 0), jobs_, [](std::size_t) { return 0; }, stop_);
  write_scrap(files, encode_predictions(predictions));
  progress_.add(static_cast<double>(inputs) * input_cost(image.network()));
  return predictions;
}

void EvaluationRun::write_results(const PlannedPoint& point, const PointTask& task,
                                  const MemoryImage& image, const RunConfig& config,
                                  const RunRecord& record) {
  RunResults results = results_of_run(image, point.image_key + ".airnn", config, record);
  results.saturated_input_elements =
      InputConverter(image.network())
          .saturated(sets_.of(task.network).images, 0, record.inputs.size());
  const std::vector<std::int32_t>& labels = sets_.of(task.network).labels;
  if (!labels.empty()) {
    results.labels.assign(labels.begin(),
                          labels.begin() + static_cast<std::ptrdiff_t>(record.inputs.size()));
    results.predictions_if_stopped = predictions(point, task, image);
    if (config.faults.empty()) {
      compare(record, results.predictions_if_stopped);
    }
  }
  const SealedFiles files = folder_.layout().run(point.run_key);
  folder_.make_place(files);
  write_run_files(files.folder, run_files(results));
  write_seal(files);
  if (const std::string warning = saturation_warning(results); !warning.empty()) {
    progress_.tell(fmt::format("airnn: warning: point {} ({}): {}",
                               &point - planned_.plan.points.data(),
                               planned_.plan.experiment_of(point).id, one_line(warning)));
  }
}

void EvaluationRun::write_scrap(const SealedFiles& files,
                                const std::vector<std::uint8_t>& bytes) const {
  folder_.make_place(files);
  write_file(files.path(files.files[0]), ByteView{bytes.data(), bytes.size()});
  write_seal(files);
}

}  // namespace airnn
