// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/typed_commands.h"

#include <fmt/format.h>

#include <cstddef>
#include <nlohmann/json.hpp>

#include "sw/campaign/compile_keys.h"
#include "sw/compiler/compile_option.h"
#include "sw/console/output_path.h"
#include "sw/evaluate/shell_word.h"

namespace airnn {

namespace {

constexpr const char* kMachineFile = "machine.yaml";

std::string typed_value(const Setting& setting) {
  return is_file_key(setting.key) ? file_name(setting.value) : setting.value;
}

/// `options` are those that the settings do not have.
std::string compilation(const Settings& settings, const PlannedNetwork& network,
                        const std::string& options) {
  std::string command = fmt::format("airnn compile {} -o {}.airnn", network.model, network.name);
  for (const Setting& setting : settings) {
    if (is_compile_key(setting.key)) {
      command += typed_option({compile_name(setting.key), typed_value(setting)});
    }
  }
  return command + options;
}

std::string simulation(const Settings& settings, const PlannedNetwork& network) {
  std::string command = fmt::format("airnn simulate {}.airnn", network.name);
  for (const Setting& setting : settings) {
    if (setting.key == "run") {
      command += " --run " + typed_value(setting);
    } else if (setting.key != "network" && !is_compile_key(setting.key)) {
      command += " --set " + shell_word(setting.key + "=" + typed_value(setting));
    }
  }
  command += " --images " + network.images;
  if (!network.labels.empty()) {
    command += " --labels " + network.labels;
  }
  return command + typed_inputs(network);
}

/// The keys of a file of `airnn compile --accelerator`; JSON is YAML, too.
std::string machine_keys(const LayerElements& elements, const Network& network) {
  nlohmann::ordered_json keys;
  if (!elements.multipliers_file.empty()) {
    keys["multipliers"] = file_name(elements.multipliers_file);
  }
  for (const Element& element : elements.elements) {
    keys["elements"].push_back(element.name);
  }
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (elements.of(i) != nullptr) {
      keys["layers"][network.layers[i].name] = {{"element", elements.of_layer[i]}};
    }
  }
  return keys.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::vector<std::string> typed_commands(const Settings& settings, const PlannedNetwork& network,
                                        bool simulates) {
  const std::string compile = compilation(settings, network, "");
  return simulates ? std::vector<std::string>{compile, simulation(settings, network)}
                   : std::vector<std::string>{compile};
}

std::vector<std::string> typed_commands(const Settings& settings, const PlannedNetwork& network,
                                        const LayerElements& elements, const Network& layers) {
  const std::string machine = shell_word(machine_keys(elements, layers));
  return {fmt::format("echo {} > {}", machine, kMachineFile),
          compilation(settings, network, fmt::format(" --accelerator {}", kMachineFile)),
          simulation(settings, network)};
}

}  // namespace airnn
