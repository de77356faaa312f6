// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/monitor/jedec/jedec_monitor.h"
#include "hw/sim/memory_table.h"
#include "sw/cli/command.h"
#include "sw/console/stop_signal.h"
#include "sw/describe/dram_trace_result.h"

namespace airnn {

/// Ends a run in which the rules of the command bus (P12) were broken: throws SimulationError.
[[noreturn]] void stop_at(const JedecViolation& violation);

/// `airnn dram`: runs a trace through the memory controller alone.
class DramTraceCommand : public Command {
 public:
  Options* add_to(Options& program) override;
  ExitCode run() override;

 private:
  void check_outputs() const;
  void simulate(const Ddr3ChannelParams& params, StopSignal& stop, DramTraceResult& result) const;
  /// Tells `listener` and brings `result` up to date.
  void run_trace(const Ddr3ChannelParams& params, DramListener& listener, StopSignal& stop,
                 DramTraceResult& result) const;

  std::string trace_;
  std::string memory_;
  std::vector<std::string> sets_;
  std::string command_trace_;
  std::string json_;
  bool no_monitors_ = false;
  bool quiet_ = false;
};

}  // namespace airnn
