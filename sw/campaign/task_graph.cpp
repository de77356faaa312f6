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
  const std::size_t image = add({TaskKind::image, point.image_key + ".image", index, {}, {}});
  if (point.run_key.empty()) {
    return image;
  }
  std::vector<std::size_t> needs{image};
  const auto add_parts = [&](TaskKind kind, const std::string& key, std::int64_t most) {
    for (std::int64_t first = 0; first < task.inputs; first += most) {
      const InputRange inputs = {first, std::min(most, task.inputs - first)};
      const char* const ending = kind == TaskKind::piece ? ".records" : ".predictions";
      needs.push_back(add({kind, key + "-" + inputs.text() + ending, index, inputs, {image}}));
    }
  };
  // Inputs that share batches belong to one piece.
  const std::int64_t group = task.config->accelerator.controller.group.inputs_per_batch;
  const std::int64_t whole_groups = (piece_inputs + group - 1) / group * group;
  // Faults name reads and cycles of one machine.
  add_parts(TaskKind::piece, point.records_key,
            task.config->faults.empty() ? whole_groups : task.inputs);
  if (task.has_labels) {
    add_parts(TaskKind::reference, point.image_key + "-" + task.data_key, piece_inputs);
  }
  return add({TaskKind::measures, point.run_key + ".run", index, {}, std::move(needs)});
}

}  // namespace airnn
