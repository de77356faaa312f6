// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

namespace airnn {

/// Called again and again during long work, from any of its threads. What it throws ends the work
/// and comes out of it; absent, the work goes on to its end.
using Checkpoint = std::function<void()>;

inline void pass(const Checkpoint& checkpoint) {
  if (checkpoint) {
    checkpoint();
  }
}

}  // namespace airnn
