// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/campaign/task.h"

namespace airnn {

/// Does tasks: compiles, simulates, and stores what came of it.
class TaskMaker {
 public:
  virtual ~TaskMaker() = default;

  /// What the task makes is stored and whole.
  virtual bool has(const Task& task) const = 0;
  /// Does a task, all that it builds on being there, with at most `workers` processes or threads;
  /// what it makes does not depend on their number. Throws what failure_of() knows.
  virtual void make(const Task& task, unsigned workers) = 0;
};

}  // namespace airnn
