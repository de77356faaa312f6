// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/memory_unit.h"

namespace airnn {

MemoryUnit::MemoryUnit(const sc_core::sc_module_name& module_name) : sc_module(module_name) {
  bus.bind(static_cast<tlm::tlm_fw_transport_if<>&>(*this));
  backdoor.register_transport_dbg(this, &MemoryUnit::transport_dbg);
}

}  // namespace airnn
