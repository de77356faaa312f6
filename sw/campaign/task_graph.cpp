// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/task_graph.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "sw/campaign/evaluation_planner.h"

namespace airnn {

std::size_t TaskGraph::add(Task task) {
  const auto [known, is_new] = by_key_.emplace(task.key, tasks_.size());
  if (!is_new) {
    return known->second;
  }
  const std::size_t number = tasks_.size();
  for (const std::size_t need : task.needs) {
    if (need >= number) {
      throw std::logic_error("task " + task.key + " builds on one that comes later");
    }
    users_[need].push_back(number);
  }
  tasks_.push_back(std::move(task));
  users_.emplace_back();
  return number;
}

std::size_t TaskGraph::add_point(std::size_t index, const PlannedPoint& point,
                                 const PointTask& task, std::int64_t piece_inputs) {
  const std::size_t image = add({TaskKind::image, point.image_key + ".image", index, 0, 0, {}});
  if (point.run_key.empty()) {
    return image;
  }
  // Faults name reads and cycles of one machine.
  const std::int64_t most = task.config->faults.empty() ? piece_inputs : task.inputs;
  std::vector<std::size_t> needs{image};
  for (std::int64_t first = 0; first < task.inputs; first += most) {
    needs.push_back(add({TaskKind::piece,
                         point.records_key + "-" + std::to_string(first) + ".records",
                         index,
                         first,
                         std::min(most, task.inputs - first),
                         {image}}));
  }
  if (task.has_labels) {
    needs.push_back(add({TaskKind::reference,
                         point.image_key + "-" + task.data_key + ".predictions",
                         index,
                         0,
                         0,
                         {image}}));
  }
  return add({TaskKind::measures, point.run_key + ".run", index, 0, 0, std::move(needs)});
}

}  // namespace airnn
