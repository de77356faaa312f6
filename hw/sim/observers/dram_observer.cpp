// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/observers/dram_observer.h"

#include <utility>

#include "hw/memory/memory_commands.h"
#include "hw/sim/dram_energy.h"

namespace airnn {

DramObserver::DramObserver(RunRecorder& recorder, OnCommand on_command)
    : recorder_(recorder), on_command_(std::move(on_command)) {}

void DramObserver::attach(const ObservedRun& run) {
  MemoryCommands* const memory = run.machine.memory->commands();
  if (memory == nullptr) {
    return;
  }
  account_ = std::make_unique<DramAccount>(dram_statistics(memory->part()),
                                           [memory] { return memory->ddr_clock().now(); });
  memory->listen(*account_);
  if (on_command_) {
    memory->on_command.listen(on_command_);
  }
  const ClockDomain& fabric = run.machine.fabric();
  run.machine.controller->on_state.listen([this, memory, &fabric](const StateEntered& e) {
    memory->catch_up(e.cycle);
    const Cycle end = memory->ddr_clock().next_edge(fabric.duration(e.cycle));
    recorder_.dram_done(account_->end_part(end));
  });
}

}  // namespace airnn
