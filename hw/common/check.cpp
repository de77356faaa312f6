// SPDX-License-Identifier: Apache-2.0
#include "hw/common/check.h"

#include <systemc>

namespace airnn {

void model_failure(const std::string& unit, const std::string& message) {
  const std::string text = unit + " at " + sc_core::sc_time_stamp().to_string() + ": " + message;
  SC_REPORT_ERROR("/model/check", text.c_str());
  throw sc_core::sc_report(*sc_core::sc_report_handler::get_cached_report());
}

}  // namespace airnn
