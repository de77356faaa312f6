// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/violation.h"

namespace airnn {

std::string to_string(Rule rule) {
  return "P" + std::to_string(static_cast<int>(rule));
}

std::string Violation::text() const {
  std::string where = unit + ", cycle " + std::to_string(cycle);
  if (iteration > 0) {
    where += ", input " + std::to_string(input) + ", iteration " + std::to_string(iteration);
  }
  return "/protocol/" + to_string(rule) + ": " + where + ": seen: " + seen + "; due: " + due;
}

}  // namespace airnn
