// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hw/sim/run_config.h"
#include "sw/campaign/evaluation_planner.h"
#include "sw/campaign/evaluation_progress.h"
#include "sw/evaluate/evaluation_folder.h"
#include "sw/format/memory_image.h"
#include "sw/results/record_codec.h"

namespace airnn {

/// What the host had to do for the points that were not there yet.
struct EvaluationWork {
  std::uint64_t inputs = 0;
  std::uint64_t cycles = 0;  ///< simulated fabric cycles
  double simulating_seconds = 0;
  std::uint64_t peak_memory_bytes = 0;  ///< of the largest process
};

/// Carries out a plan, point by point: compile, the reference's predictions, simulation in pieces,
/// results. Whatever the folder has is not done again.
class EvaluationRun {
 public:
  EvaluationRun(const PlannedEvaluation& planned, TestSets& sets, EvaluationFolder& folder,
                unsigned jobs, EvaluationProgress& progress, std::function<bool()> stop);

  /// One point, which must not have an error of its own. Throws what failure_of() knows; false if
  /// the user stopped it.
  bool run(std::size_t point);

  const EvaluationWork& work() const { return work_; }

 private:
  /// Good until the next is asked for.
  const MemoryImage& image(const PlannedPoint& point, const PointTask& task);
  Predictions predictions(const PlannedPoint& point, const PointTask& task,
                          const MemoryImage& image);
  bool simulate(const PlannedPoint& point, const PointTask& task, const MemoryImage& image,
                const RunConfig& config, RunRecord& record);
  RunRecord piece(const PointTask& task, const MemoryImage& image, const RunConfig& config,
                  std::int64_t first, std::int64_t count);
  void write_results(const PlannedPoint& point, const PointTask& task, const MemoryImage& image,
                     const RunConfig& config, const RunRecord& record);
  void write_scrap(const SealedFiles& files, const std::vector<std::uint8_t>& bytes) const;
  std::function<std::vector<std::int32_t>(std::uint32_t)> source(const PointTask& task,
                                                                 const MemoryImage& image,
                                                                 std::int64_t first) const;

  const PlannedEvaluation& planned_;
  TestSets& sets_;
  EvaluationFolder& folder_;
  unsigned jobs_;
  EvaluationProgress& progress_;
  std::function<bool()> stop_;
  bool stopped_ = false;  ///< a worker process was told to
  EvaluationWork work_;
  std::string image_key_;
  std::optional<MemoryImage> image_;  ///< the last one: points of the same image follow each other
};

}  // namespace airnn
