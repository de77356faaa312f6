// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/parameters/run_parameters.h"

#include <utility>

#include "hw/sim/memory_table.h"
#include "hw/sim/parameters/accelerator_parameters.h"
#include "hw/sim/parameters/energy_parameters.h"
#include "hw/sim/parameters/fault_parameters.h"
#include "hw/sim/rtl_config.h"
#include "sw/multiplier/layer_elements.h"

namespace airnn {

namespace {

constexpr std::int64_t kMostIterations = 32767;

/// A layer has what all have, unless it has its own.
ParameterSection single_layer(const EngineTable& engines) {
  ParameterSection section =
      parameter_section("a single layer", "accelerator.layers.<layer>.", layer_parameters());
  for (ParameterText& key : section.keys) {
    key.fallback = "as accelerator";
  }
  for (const ParameterText& key : parameter_section("", "", engine_parameters(engines)).keys) {
    section.keys.push_back(key);
  }
  section.keys.push_back(layer_element_parameter());
  return section;
}

ParameterSection faults(const FaultKeys& keys) {
  ParameterSection section =
      parameter_section(std::string("a fault of kind ") + keys.name, "faults.<n>.", keys.keys);
  section.keys.insert(section.keys.begin(), fault_kind_parameter().description());
  return section;
}

}  // namespace

const ParameterTable<RunConfig>& run_parameters() {
  using Row = Parameter<RunConfig>;
  static const ParameterTable<RunConfig> table{
      Row::real(
          "threshold", [](RunConfig & run) -> auto& { return run.accelerator.threshold; }, 0.0, 1e6,
          "An input ends when its score reaches this"),
      Row::choice(
          "score", [](RunConfig & run) -> auto& { return run.accelerator.score; },
          {{"softmax", ScoreMode::softmax}, {"raw", ScoreMode::raw}},
          "Difference of the two largest probabilities, or of the outputs themselves"),
      Row::integer(
          "min_iterations", [](RunConfig & run) -> auto& { return run.accelerator.min_iterations; },
          1, kMostIterations, "No input ends earlier"),
      Row::integer(
          "max_iterations", [](RunConfig & run) -> auto& { return run.accelerator.max_iterations; },
          0, kMostIterations, "Every input ends after so many at the latest; 0: all batches")};
  return table;
}

const ParameterTable<RunConfig>& last_run_parameters() {
  static const ParameterTable<RunConfig> table{Parameter<RunConfig>::integer(
      "watchdog_cycles", &RunConfig::watchdog_cycles, 1000, 1'000'000'000'000,
      "A run in which no unit is at work for so long is ended")};
  return table;
}

std::vector<ParameterSection> all_run_parameters(const RunTables& tables) {
  std::vector<ParameterSection> all;
  all.push_back(parameter_section("the run", "", run_parameters()));
  for (ParameterText& key : parameter_section("", "", last_run_parameters()).keys) {
    all.front().keys.push_back(std::move(key));
  }
  all.push_back(parameter_section("the machine", "accelerator.", accelerator_parameters()));
  for (ParameterText& key : parameter_section("", "", associative_parameters()).keys) {
    all.back().keys.push_back(std::move(key));
  }
  for (ParameterText& key : parameter_section("", "", group_parameters()).keys) {
    all.back().keys.push_back(std::move(key));
  }
  for (ParameterText& key : parameter_section("", "", element_parameters()).keys) {
    all.back().keys.push_back(std::move(key));
  }
  all.push_back(parameter_section("decompressors, of layers whose weights are lines",
                                  "accelerator.decompressor.", decompressor_parameters()));
  for (ParameterSection& section : link_parameters(tables.links)) {
    section.prefix = "accelerator." + section.prefix;
    all.push_back(std::move(section));
  }
  all.push_back(parameter_section("every layer", "accelerator.", layer_parameters()));
  all.push_back(single_layer(tables.engines));
  for (ParameterSection& section : memory_parameters(tables.memories)) {
    section.prefix = "memory." + section.prefix;
    all.push_back(std::move(section));
  }
  all.push_back(parameter_section("prices", "energy.", energy_parameters()));
  all.push_back(
      parameter_section("the price of an action", "energy.actions.<action>.", action_parameters()));
  for (const FaultKeys& keys : fault_parameters()) {
    all.push_back(faults(keys));
  }
  for (ParameterSection& section : rtl_parameters(tables.rtl)) {
    all.push_back(std::move(section));
  }
  return all;
}

}  // namespace airnn
