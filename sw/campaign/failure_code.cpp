// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/failure_code.h"

namespace airnn {

ExitCode exit_code(FailureKind kind) {
  switch (kind) {
    case FailureKind::rule:
    case FailureKind::hang:
      return ExitCode::rule_broken;
    case FailureKind::input:
    case FailureKind::resources:
    case FailureKind::killed:
      return ExitCode::bad_input;
    case FailureKind::stopped:
      return ExitCode::stopped;
    case FailureKind::internal:
      break;
  }
  return ExitCode::internal_error;
}

}  // namespace airnn
