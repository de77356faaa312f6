// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/config_command.h"

#include <nlohmann/json.hpp>

#include "hw/sim/parameters/run_parameters.h"
#include "sw/console/console.h"
#include "sw/describe/json_file.h"
#include "sw/describe/parameter_list.h"

namespace airnn {

Options* ConfigCommand::add_to(Options& program) {
  Options* app = program.add_subcommand("config", "Show what can be configured");
  app->add_option("key", key_, "Only keys that begin so, 'accelerator'")->type_name("KEY");
  app->add_flag("--list", list_, "List all keys of a run: default, range and meaning")->required();
  app->add_flag("--json", json_, "One JSON document instead of tables");
  app->footer("Example:\n  airnn config --list memory.controller");
  return app;
}

ExitCode ConfigCommand::run() {
  const std::vector<ParameterSection> keys = select_parameters(all_run_parameters(), key_);
  print(json_ ? json_text(parameters_json(keys)) : parameters_text(keys));
  return ExitCode::done;
}

}  // namespace airnn
