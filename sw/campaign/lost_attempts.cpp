// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/lost_attempts.h"

#include <fmt/format.h>

namespace airnn {

RunFailure failure_after(int attempts, const std::string& why) {
  return {FailureKind::killed,
          attempts == 1
              ? why
              : fmt::format("{} attempts came to nothing, the last so: {}", attempts, why)};
}

}  // namespace airnn
