// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/commands.h"

#include "sw/cli/compile_command.h"
#include "sw/cli/config_command.h"
#include "sw/cli/coverage_command.h"
#include "sw/cli/digits_command.h"
#include "sw/cli/dram_trace_command.h"
#include "sw/cli/evaluate_command.h"
#include "sw/cli/inspect_command.h"
#include "sw/cli/merge_command.h"
#include "sw/cli/mesh_command.h"
#include "sw/cli/multipliers_command.h"
#include "sw/cli/report_command.h"
#include "sw/cli/reprice_command.h"
#include "sw/cli/rtl_command.h"
#include "sw/cli/search_command.h"
#include "sw/cli/self_description_command.h"
#include "sw/cli/simulate_command.h"

namespace airnn {

std::vector<std::unique_ptr<Command>> make_commands() {
  std::vector<std::unique_ptr<Command>> commands;
  commands.push_back(std::make_unique<CompileCommand>());
  commands.push_back(std::make_unique<InspectCommand>());
  commands.push_back(std::make_unique<SimulateCommand>());
  commands.push_back(std::make_unique<EvaluateCommand>());
  commands.push_back(std::make_unique<SearchCommand>());
  commands.push_back(std::make_unique<MergeCommand>());
  commands.push_back(std::make_unique<RepriceCommand>());
  commands.push_back(std::make_unique<ReportCommand>());
  commands.push_back(std::make_unique<DramTraceCommand>());
  commands.push_back(std::make_unique<MeshCommand>());
  commands.push_back(std::make_unique<MultipliersCommand>());
  commands.push_back(std::make_unique<RtlCommand>());
  commands.push_back(std::make_unique<CoverageCommand>());
  commands.push_back(std::make_unique<ConfigCommand>());
  commands.push_back(std::make_unique<DigitsCommand>());
  commands.push_back(std::make_unique<ManualCommand>());
  commands.push_back(std::make_unique<CompletionCommand>());
  return commands;
}

}  // namespace airnn
