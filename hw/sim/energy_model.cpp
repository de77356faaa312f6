// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/energy_model.h"

#include "hw/sim/dram_energy.h"

namespace airnn {

bool EnergyModel::prices(Action action) const {
  const bool is_dram_word = action == Action::dram_value_word ||
                            action == Action::dram_index_word ||
                            action == Action::dram_table_word || action == Action::dram_input_word;
  return !(is_dram_word && dram.has_value());
}

std::vector<std::pair<std::string, double>> EnergyModel::components(const Counts& counts) const {
  std::vector<std::pair<std::string, double>> list;
  if (dram.has_value()) {
    const DramEnergy energy = dram_energy(counts.dram, *dram);
    list = {{"dram_activate", energy.activate_pj},
            {"dram_read", energy.read_pj},
            {"dram_write", energy.write_pj},
            {"dram_refresh", energy.refresh_pj},
            {"dram_background", energy.background_pj}};
  }
  for (std::size_t i = 0; i < kActions; ++i) {
    const auto action = static_cast<Action>(i);
    if (prices(action)) {
      list.emplace_back(to_string(action), table.of(action, counts));
    }
  }
  return list;
}

double EnergyModel::total(const Counts& counts) const {
  double sum = 0;
  for (const auto& component : components(counts)) {
    sum += component.second;
  }
  return sum;
}

}  // namespace airnn
