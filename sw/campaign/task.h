// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sw/evaluate/evaluation_layout.h"

namespace airnn {

enum class TaskKind {
  image,      ///< a memory image and the compiler's report
  piece,      ///< the record of some inputs of a run
  reference,  ///< what the untimed reference predicts for some inputs
  measures    ///< the results of a run
};

/// A step of an evaluation. What it makes lies in the evaluation's folder, so whoever sees the
/// folder can do it, and it need be done once only.
struct Task {
  TaskKind kind = TaskKind::image;
  std::string key;        ///< content key: tasks with equal keys make equal files
  std::size_t point = 0;  ///< the first point of the plan that wants it
  InputRange inputs;      ///< of a piece or a reference
  /// Tasks that it builds on, by their numbers in the graph. If several failed, the first decides
  /// why this one fails.
  std::vector<std::size_t> needs;
};

}  // namespace airnn
