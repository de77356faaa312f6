// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "hw/memory/ddr3/ddr3_controller.h"
#include "testbenches/support/base_protocol_checker.h"
#include "testbenches/unit/memory/ddr3/memory_initiator.h"

namespace airnn::test {

/// An initiator, a checker of the base protocol and a DDR3 controller. A simulation may hold many.
struct ControllerBench {
  ControllerBench(const std::string& name, const Ddr3ControllerParams& memory,
                  std::uint64_t fabric_ps)
      : params(memory),
        period_ps(fabric_ps),
        clock(sc_core::sc_time(static_cast<double>(fabric_ps), sc_core::SC_PS)),
        initiator((name + "_initiator").c_str(), clock),
        checker((name + "_checker").c_str()),
        controller((name + "_memory").c_str(), memory, clock) {
    initiator.bus.bind(checker.from_initiator);
    checker.to_target.bind(controller.bus);
    initiator.backdoor.bind(controller.backdoor);
    controller.on_command.listen([this](const CommandIssued& e) { commands.push_back(e); });
    controller.on_cycles.listen([this](const CyclesSpent& e) { working += e.working; });
    initiator.script = [this] { initiator.play(accesses); };
  }

  const Ddr3ControllerParams params;
  const std::uint64_t period_ps;
  const ClockDomain clock;
  MemoryInitiator initiator;
  BaseProtocolChecker checker;
  Ddr3Controller controller;
  std::deque<MemoryAccess> accesses;
  std::vector<CommandIssued> commands;
  Cycle working = 0;
};

}  // namespace airnn::test
