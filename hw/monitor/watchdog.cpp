// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/watchdog.h"

#include <utility>

namespace airnn {

Watchdog::Watchdog(const sc_core::sc_module_name& module_name, const ClockDomain& clock,
                   Cycle limit, Describe describe)
    : sc_module(module_name), clock_(clock), limit_(limit), describe_(std::move(describe)) {
  SC_HAS_PROCESS(Watchdog);
  SC_METHOD(look);
  sensitive << timer_.event();
}

void Watchdog::look() {
  if (clock_.now() < last_ + limit_) {
    timer_.set(last_ + limit_);
    return;
  }
  SC_REPORT_ERROR("/watchdog", describe_(last_).c_str());
}

}  // namespace airnn
