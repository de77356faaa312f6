// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/failed_points.h"

#include <algorithm>

namespace airnn {

namespace {

int gravity(ExitCode code) {
  switch (code) {
    case ExitCode::internal_error:
      return 3;
    case ExitCode::rule_broken:
      return 2;
    case ExitCode::bad_input:
      return 1;
    default:
      return 0;
  }
}

}  // namespace

ExitCode worst(const PointFailures& failures) {
  ExitCode code = ExitCode::done;
  for (const auto& [point, failure] : failures) {
    code = std::max(code, static_cast<ExitCode>(failure.code),
                    [](ExitCode a, ExitCode b) { return gravity(a) < gravity(b); });
  }
  return code;
}

}  // namespace airnn
