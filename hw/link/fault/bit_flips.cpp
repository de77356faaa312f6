// SPDX-License-Identifier: Apache-2.0
#include "hw/link/fault/bit_flips.h"

#include <algorithm>

namespace airnn {

BitFlips::BitFlips(const sc_core::sc_module_name& module_name, const ClockDomain& clock,
                   const std::vector<Fault>& faults)
    : Interposer(module_name), clock_(clock) {
  std::copy_if(faults.begin(), faults.end(), std::back_inserter(flips_),
               [](const Fault& fault) { return fault.kind == FaultKind::bit_flip; });
  std::stable_sort(flips_.begin(), flips_.end(),
                   [](const Fault& a, const Fault& b) { return a.cycle < b.cycle; });
  SC_HAS_PROCESS(BitFlips);
  SC_METHOD(flip);
}

void BitFlips::flip() {
  // Just before the edge, so that it lies before every process of that cycle.
  const sc_core::sc_time before(1, sc_core::SC_PS);
  while (next_ < flips_.size() && clock_.until(flips_[next_].cycle) <= before) {
    invert(flips_[next_++]);
  }
  if (next_ < flips_.size()) {
    next_trigger(clock_.until(flips_[next_].cycle) - before);
  }
}

void BitFlips::invert(const Fault& fault) {
  unsigned char byte = 0;
  Payload payload;
  payload.set_command(tlm::TLM_READ_COMMAND);
  payload.set_address(fault.address);
  payload.set_data_ptr(&byte);
  payload.set_data_length(1);
  payload.set_streaming_width(1);
  if (to_target->transport_dbg(payload) != 1) {
    return;
  }
  byte = static_cast<unsigned char>(byte ^ (1U << fault.bit));
  payload.set_command(tlm::TLM_WRITE_COMMAND);
  to_target->transport_dbg(payload);
}

}  // namespace airnn
