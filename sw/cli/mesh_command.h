// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hw/link/noc/mesh_link_params.h"
#include "hw/monitor/noc/mesh_monitor.h"
#include "hw/observe/noc/packet_times.h"
#include "sw/cli/command.h"
#include "sw/cli/traffic_options.h"
#include "sw/console/stop_signal.h"
#include "sw/describe/mesh_result.h"

namespace airnn {

/// `airnn mesh`: runs a trace of packets, or synthetic traffic, through a mesh alone.
class MeshCommand : public Command {
 public:
  Options* add_to(Options& program) override;
  ExitCode run() override;

 private:
  void check_outputs() const;
  std::optional<EnergyModel> read_prices(const std::string& price_class) const;
  void simulate(StopSignal& stop, PacketTimes* times, MeshResult& result) const;
  void run_trace(MeshListener& listener, StopSignal& stop, MeshResult& result) const;
  void run_traffic(MeshListener& listener, StopSignal& stop, MeshResult& result) const;

  std::string trace_;
  std::string config_;
  std::vector<std::string> sets_;
  TrafficOptions traffic_;
  std::string energy_;
  std::string mhz_ = "100";
  std::string packets_;
  std::string json_;
  bool no_monitors_ = false;
  bool quiet_ = false;
};

}  // namespace airnn
