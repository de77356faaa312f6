// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hw/observe/dram/command_trace.h"
#include "hw/sim/run_config.h"
#include "hw/sim/workers/parallel_run.h"
#include "sw/cli/command.h"
#include "sw/cli/wave_output.h"
#include "sw/data/image_set.h"

namespace airnn {

/// `airnn simulate`: runs images through the simulated machine.
class SimulateCommand : public Command {
 public:
  Options* add_to(Options& program) override;
  ExitCode run() override;

 private:
  RunConfig configuration(const MemoryImage& image) const;
  LabelledSet inputs(const Network& network) const;
  std::unique_ptr<CommandTrace> command_trace(const RunConfig& config, unsigned jobs) const;
  void check_timeline(unsigned jobs) const;
  void check_coverage(const RunConfig& config, const Network& network) const;
  ExitCode simulate(const MemoryImage& image, const RunConfig& config);

  std::string image_;
  std::string run_;
  std::string images_;
  std::string labels_;
  std::string first_ = "0";
  std::string count_;
  std::string threshold_;
  std::vector<std::string> sets_;
  std::string out_;
  std::string command_trace_;
  std::string timeline_;
  std::string coverage_;
  WaveOutput wave_;
  std::string jobs_ = "1";
  bool no_monitors_ = false;
  bool print_config_ = false;
  bool quiet_ = false;
};

}  // namespace airnn
