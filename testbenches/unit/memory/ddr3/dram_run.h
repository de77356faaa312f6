// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/memory/ddr3/ddr3_channel.h"
#include "testbenches/reference/ddr3_checker.h"

namespace airnn::test {

/// All that a channel did with a list of requests.
struct DramRun : DramListener {
  std::vector<CommandIssued> commands;
  std::vector<RequestServed> requests;
  Cycle end = 0;  ///< of the run

  void issued(const CommandIssued& event) override { commands.push_back(event); }
  void served(const RequestServed& event) override { requests.push_back(event); }
};

/// The first thing that differs, empty if nothing does.
std::string difference(const DramRun& run, const DramRun& expected);

/// One request per tCK is offered in order, again until it is accepted; then the twin goes on for
/// `tail` cycles.
DramRun run_twin(const Ddr3ChannelParams& params, const std::vector<DramRequest>& requests,
                 Cycle tail);

/// The run as a checker sees it, to its end.
Ddr3Checker checked(const Ddr3ChannelParams& params, const DramRun& run);

}  // namespace airnn::test
