// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tlm_utils/simple_target_socket.h>
#include <tlm>

#include "hw/common/activity.h"
#include "hw/common/probe.h"

namespace airnn {

class MemoryCommands;

/// The slot of the memory: what the machine binds, and what observers may listen to. A memory
/// implements the calls of its bus (docs/architecture.md, "Another memory controller"); the state
/// between inputs is that of Settle.
class MemoryUnit : public sc_core::sc_module, protected tlm::tlm_fw_transport_if<> {
 public:
  /// Of the Read Weight Controller's reads, in the base protocol.
  tlm::tlm_target_socket<> bus{"bus"};
  /// For the host, which loads images and inputs in zero time: transport_dbg only.
  tlm_utils::simple_target_socket<MemoryUnit> backdoor{"backdoor"};
  /// May be told ahead of the kernel's time.
  Probe<CyclesSpent> on_cycles;

  explicit MemoryUnit(const sc_core::sc_module_name& name);

  /// False: the unit does not tell of its cycles. Its bus shows what else it does.
  virtual bool has_probes() const { return true; }
  /// The commands of its channel; null: a memory without rows and commands.
  virtual MemoryCommands* commands() { return nullptr; }

 protected:
  bool get_direct_mem_ptr(tlm::tlm_generic_payload&, tlm::tlm_dmi&) override { return false; }
  /// Of both sockets: number of bytes copied, cut off at the end of the memory.
  unsigned transport_dbg(tlm::tlm_generic_payload& payload) override = 0;
};

}  // namespace airnn
