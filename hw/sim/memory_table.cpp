// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/memory_table.h"

#include <utility>

#include "hw/sim/ddr3_config.h"
#include "hw/sim/flat_config.h"

namespace airnn {

namespace {

MemoryModel read_flat(const ConfigReader& reader) {
  return flat_memory(read_flat_config(reader));
}

MemoryModel read_ddr3(const ConfigReader& reader) {
  return ddr3_memory(read_ddr3_config(reader));
}

struct MemoryChoice {
  std::string model;
};

ParameterTable<MemoryChoice> model_parameters(const MemoryTable& memories) {
  std::vector<NamedValue<std::string>> names;
  for (const MemoryRow& row : memories) {
    names.push_back({row.name, row.name});
  }
  using Row = Parameter<MemoryChoice>;
  return {
      Row::choice("model", &MemoryChoice::model, names, "Which memory the machine has").required()};
}

}  // namespace

const MemoryTable& built_in_memories() {
  static const MemoryTable memories = {
      {"flat", read_flat, flat_config_sections},
      {"ddr3", read_ddr3, ddr3_config_sections, true},
  };
  return memories;
}

MemoryModel read_memory_config(const ConfigReader& reader, const MemoryTable& memories) {
  MemoryChoice choice;
  read_parameters(model_parameters(memories), reader, choice);
  MemoryModel model;
  for (const MemoryRow& row : memories) {
    if (row.name == choice.model) {
      model = row.read(reader);
      model.name = row.name;
    }
  }
  return model;
}

std::vector<ParameterSection> memory_parameters(const MemoryTable& memories) {
  std::vector<ParameterSection> all{
      parameter_section("the memory", "", model_parameters(memories))};
  for (const MemoryRow& row : memories) {
    for (ParameterSection& section : row.sections()) {
      all.push_back(std::move(section));
    }
  }
  return all;
}

std::string memories_with_commands(const MemoryTable& memories) {
  std::string names;
  for (const MemoryRow& row : memories) {
    if (row.has_commands) {
      names += (names.empty() ? "" : " or ") + row.name;
    }
  }
  return names;
}

}  // namespace airnn
