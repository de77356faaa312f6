// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/campaign/campaign_listener.h"
#include "sw/console/evaluation_progress.h"

namespace airnn {

/// Draws how far the evaluation is, and tells what goes wrong on standard error.
class EvaluationListener : public CampaignListener {
 public:
  /// `tells_tasks`: a line for each task, as a worker's log has it.
  EvaluationListener(std::string out, bool quiet, bool tells_tasks = false);

  void found_faults(const std::vector<FileFault>& faults) override;
  void planned(std::size_t points, double cost) override;
  void begin_point(std::size_t point) override;
  void advanced(double cost) override;
  /// Failures are errors: they are told even with --quiet.
  void point_failed(const Plan& plan, std::size_t point, const std::string& message) override;
  void attempt_failed(const Plan& plan, std::size_t point, int attempt,
                      const std::string& message) override;
  void point_warned(const Plan& plan, std::size_t point, const std::string& message) override;
  void task_ended(const Task& task) override;

 private:
  std::string out_;
  bool tells_tasks_;
  EvaluationProgress progress_;
};

}  // namespace airnn
