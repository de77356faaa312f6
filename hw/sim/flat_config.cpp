// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/flat_config.h"

#include "hw/sim/parameters/memory_parameters.h"

namespace airnn {

FlatMemoryParams read_flat_config(const ConfigReader& reader) {
  FlatMemoryParams params;
  read_parameters(flat_memory_parameters(), reader, params);
  return params;
}

std::vector<ParameterSection> flat_config_sections() {
  return {parameter_section("memory of model flat", "", flat_memory_parameters())};
}

}  // namespace airnn
