// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hw/sim/workers/parallel_run.h"
#include "sw/campaign/campaign_listener.h"
#include "sw/campaign/evaluation_planner.h"
#include "sw/campaign/lost_attempts.h"
#include "sw/campaign/task_graph.h"
#include "sw/campaign/task_maker.h"
#include "sw/evaluate/evaluation_folder.h"
#include "sw/format/memory_image.h"
#include "sw/results/record_codec.h"
#include "sw/results/run_record.h"

namespace airnn {

/// What the host had to do for the points that were not there yet.
struct EvaluationWork {
  std::uint64_t inputs = 0;
  std::uint64_t cycles = 0;  ///< simulated fabric cycles
  double simulating_seconds = 0;
  std::uint64_t peak_memory_bytes = 0;  ///< of the largest process
};

/// The tasks of an evaluation's folder: images, pieces of runs, the reference's predictions, and
/// results.
class EvaluationTasks : public TaskMaker {
 public:
  /// All must live as long; plan and graph may grow. `stop` is asked again and again.
  EvaluationTasks(const PlannedEvaluation& planned, const EvaluationPlanner& planner,
                  const TaskGraph& graph, EvaluationFolder& folder, CampaignListener& listener,
                  std::function<bool()> stop);

  bool has(const Task& task) const override;
  void make(const Task& task, unsigned workers) override;
  /// A piece fails if its processes are killed so often.
  void set_attempts(int attempts) { attempts_ = attempts; }

  const EvaluationWork& work() const { return work_; }

 private:
  const PlannedPoint& point(const Task& task) const { return planned_.plan.points[task.point]; }
  const PointTask& wanted(const Task& task) const { return planned_.tasks[task.point]; }
  SealedFiles files(const Task& task) const;
  /// Throws what ends a task if the user wants no more. Any thread may ask.
  void end_if_stopped() const;
  /// Good until the next is asked for.
  const MemoryImage& image(const std::string& image_key);
  std::function<std::vector<std::int32_t>(std::uint32_t)> source(const PointTask& task,
                                                                 const MemoryImage& image,
                                                                 std::int64_t first) const;
  void compile(const Task& task, unsigned workers);
  void simulate(const Task& task, unsigned workers);
  void predict_all(const Task& task, unsigned workers);
  void measure(const Task& task);
  /// All pieces of a run, read back.
  RunRecord record(const Task& task, const MemoryImage& image) const;
  Predictions predictions(const Task& task, const MemoryImage& image) const;
  RunRecord part_of(const std::string& records_key, InputRange inputs,
                    const MemoryImage& image) const;
  void store_parts(const std::string& records_key, InputRange gap,
                   const ParallelResult& result) const;
  ParallelResult run(const Task& task, const MemoryImage& image, InputRange inputs,
                     unsigned workers);
  void write_scrap(const SealedFiles& stored, const std::vector<std::uint8_t>& bytes) const;

  const PlannedEvaluation& planned_;
  const EvaluationPlanner& planner_;
  const TaskGraph& graph_;
  EvaluationFolder& folder_;
  CampaignListener& listener_;
  std::function<bool()> stop_;
  int attempts_ = kMostAttempts;
  bool stopped_ = false;  ///< a worker process was told to
  EvaluationWork work_;
  std::string image_key_;
  std::optional<MemoryImage> image_;  ///< the last one: points of the same image follow each other
};

}  // namespace airnn
