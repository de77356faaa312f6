// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sw/campaign/task.h"
#include "sw/evaluate/plan.h"
#include "sw/evaluate/seal.h"

namespace airnn {

/// What somebody who waits for a campaign may want to hear. All of it does nothing by itself.
class CampaignListener {
 public:
  virtual ~CampaignListener() = default;

  /// Stored files that are damaged and are made again.
  virtual void found_faults(const std::vector<FileFault>& /*faults*/) {}
  /// The plan has so many points now; what was added to it is going to cost so much more
  /// (input_cost()).
  virtual void planned(std::size_t /*points*/, double /*cost*/) {}
  /// A worker did a task, or failed at it.
  virtual void task_ended(const Task& /*task*/) {}
  virtual void begin_point(std::size_t /*point*/) {}
  /// So much of the cost is done in addition.
  virtual void advanced(double /*cost*/) {}
  /// Told in the order of points, whatever order their tasks were done in.
  virtual void point_failed(const Plan& /*plan*/, std::size_t /*point*/,
                            const std::string& /*message*/) {}
  /// Processes of a point were killed from outside, and it is tried again.
  virtual void attempt_failed(const Plan& /*plan*/, std::size_t /*point*/, int /*attempt*/,
                              const std::string& /*message*/) {}
  virtual void point_warned(const Plan& /*plan*/, std::size_t /*point*/,
                            const std::string& /*message*/) {}
};

}  // namespace airnn
