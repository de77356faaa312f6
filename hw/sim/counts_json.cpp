// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/counts_json.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kIdle = "idle_multiplication";

}  // namespace

Json energy_json(const EnergyModel& model, const Counts& counts) {
  Json energy = Json::object();
  for (const auto& [component, picojoule] : model.components(counts)) {
    energy[component] = picojoule;
  }
  energy["total"] = model.total(counts);
  return energy;
}

Json counts_json(const Counts& counts) {
  Json json = Json::object();
  for (std::size_t i = 0; i < kActions; ++i) {
    json[to_string(static_cast<Action>(i))] = counts.of[i];
  }
  json[kIdle] = counts.idle_multiplications;
  return json;
}

void read_counts(const Json& json, Counts& counts) {
  for (std::size_t i = 0; i < kActions; ++i) {
    json.at(to_string(static_cast<Action>(i))).get_to(counts.of[i]);
  }
  json.at(kIdle).get_to(counts.idle_multiplications);
}

Json dram_counts_json(const DramCounts& counts) {
  Json commands = Json::object();
  for (std::size_t i = 0; i < kDramCommands; ++i) {
    commands[kDramMnemonics[i]] = counts.commands[i];
  }
  Json states = Json::object();
  for (std::size_t i = 0; i < kDramPowerStates; ++i) {
    states[to_string(static_cast<DramPowerState>(i))] = counts.state_cycles[i];
  }
  return {{"commands", commands}, {"states", states}};
}

void read_dram_counts(const Json& json, DramCounts& counts) {
  for (std::size_t i = 0; i < kDramCommands; ++i) {
    json.at("commands").at(kDramMnemonics[i]).get_to(counts.commands[i]);
  }
  for (std::size_t i = 0; i < kDramPowerStates; ++i) {
    json.at("states").at(to_string(static_cast<DramPowerState>(i))).get_to(counts.state_cycles[i]);
  }
}

}  // namespace airnn
