// SPDX-License-Identifier: Apache-2.0
#include "hw/control/address/address_ports.h"

namespace airnn {

AddressPorts::AddressPorts(const sc_core::sc_module_name& module_name, const ClockDomain& clock,
                           std::size_t layers, Cycle latency_cycles)
    : sc_module(module_name), clock_(clock) {
  // One slot more than the way there and back takes keeps one beat per cycle going.
  const auto slots = static_cast<unsigned>(latency_cycles) + 2;
  out_placed.init(layers, [this, slots](const char* port, std::size_t) {
    return new StreamOut<PlacedWeights>(port, clock_, slots);
  });
}

}  // namespace airnn
