// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/campaign/executor/executor.h"

namespace airnn {

/// One task after the other, in the order of the points, each with all worker processes of this
/// machine.
class LocalExecutor : public Executor {
 public:
  explicit LocalExecutor(unsigned workers) : workers_(workers) {}
  void run(TaskBoard& board) override;

 private:
  unsigned workers_;
};

}  // namespace airnn
