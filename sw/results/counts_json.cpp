// SPDX-License-Identifier: Apache-2.0
#include "sw/results/counts_json.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

/// The rows of a group by their names.
Json group_json(const Counts& counts, ActionGroup group) {
  Json json = Json::object();
  for (const ActionRow& row : kActionTable) {
    if (row.group == group) {
      json[row.name] = counts[row.action];
    }
  }
  return json;
}

}  // namespace

Json energy_json(const EnergyModel& model, const Counts& counts,
                 const std::vector<PricedAction>& counted) {
  Json energy = Json::object();
  for (const auto& [component, picojoule] : model.components(counts, counted)) {
    energy[component] = picojoule;
  }
  energy["total"] = model.total(counts, counted);
  return energy;
}

Json counts_json(const Counts& counts, const std::vector<PricedAction>& counted) {
  Json json = Json::object();
  for (const PricedAction& what : counted) {
    if (row_of(what.action).group == ActionGroup::machine) {
      json[what.name()] = counts[what];
    }
  }
  return json;
}

Json dram_counts_json(const Counts& counts) {
  return {{"commands", group_json(counts, ActionGroup::command)},
          {"states", group_json(counts, ActionGroup::state)}};
}

}  // namespace airnn
