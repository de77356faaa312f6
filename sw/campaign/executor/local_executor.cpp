// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/executor/local_executor.h"

#include <cstddef>

namespace airnn {

void LocalExecutor::run(TaskBoard& board) {
  for (std::size_t task = 0; task < board.graph().size(); ++task) {
    if (board.is_open(task) && !board.perform(task, workers_)) {
      return;
    }
  }
}

}  // namespace airnn
