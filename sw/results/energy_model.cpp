// SPDX-License-Identifier: Apache-2.0
#include "sw/results/energy_model.h"

namespace airnn {

double EnergyComponent::of(const Counts& counts) const {
  double sum = 0;
  for (const EnergyTerm& term : terms) {
    std::uint64_t count = 0;
    for (const Action action : term.actions) {
      count += counts[action];
    }
    sum += static_cast<double>(count) * term.picojoule;
  }
  return sum;
}

std::vector<std::pair<std::string, double>> EnergyModel::components(
    const Counts& counts, const std::vector<PricedAction>& counted) const {
  std::vector<std::pair<std::string, double>> list;
  for (const EnergyComponent& component : memory) {
    list.emplace_back(component.name, component.of(counts));
  }
  for (const PricedAction& what : counted) {
    if (is_priced_by_table(what.action, has_currents())) {
      list.emplace_back(what.name(), table.price(what) * static_cast<double>(counts[what]));
    }
  }
  return list;
}

double EnergyModel::total(const Counts& counts, const std::vector<PricedAction>& counted) const {
  double sum = 0;
  for (const auto& component : components(counts, counted)) {
    sum += component.second;
  }
  return sum;
}

}  // namespace airnn
