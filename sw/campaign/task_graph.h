// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "sw/campaign/task.h"

namespace airnn {

struct PlannedPoint;
struct PointTask;

/// All tasks of an evaluation, each once. A task builds on tasks of smaller numbers only, so their
/// order is one in which they can be done; it is that of the points. A graph only grows.
class TaskGraph {
 public:
  /// The number of the task with this key, which is added if there is none.
  std::size_t add(Task task);
  /// The tasks of a point: its image, pieces of `piece_inputs` inputs each, the reference's
  /// predictions of as many if there are labels, and the results. The number of the last, after
  /// which the point is done.
  std::size_t add_point(std::size_t index, const PlannedPoint& point, const PointTask& task,
                        std::int64_t piece_inputs);

  std::size_t size() const { return tasks_.size(); }
  const Task& task(std::size_t number) const { return tasks_.at(number); }
  /// Tasks that build on this one.
  const std::vector<std::size_t>& users(std::size_t number) const { return users_.at(number); }

 private:
  std::vector<Task> tasks_;
  std::vector<std::vector<std::size_t>> users_;
  std::map<std::string, std::size_t> by_key_;
};

}  // namespace airnn
