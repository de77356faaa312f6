// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/campaign/task_board.h"

namespace airnn {

/// Runs tasks: says which is done when, where, and with how many workers.
class Executor {
 public:
  virtual ~Executor() = default;

  /// Brings every open task of the board to its end, each after those it builds on and once: here
  /// by perform(), or elsewhere and then by settle(). Returns early only if perform() is false.
  /// Called again when the board has grown.
  virtual void run(TaskBoard& board) = 0;
};

}  // namespace airnn
