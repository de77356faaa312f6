// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/lost_attempts.h"

#include <fmt/format.h>

namespace airnn {

RunFailure failure_after(int attempts, const RunFailure& last) {
  RunFailure failure = last;
  if (attempts > 1) {
    failure.message =
        fmt::format("{} attempts came to nothing, the last so: {}", attempts, last.message);
  }
  return failure;
}

}  // namespace airnn
