// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/energy_rows.h"

#include "hw/sim/parameters/energy_parameters.h"

namespace airnn {

namespace {

void read_price(const ConfigReader& row, const PricedAction& what, EnergyTable& table) {
  ActionPrice price;
  read_parameters(action_parameters(), row, price);
  table.set(what, price.picojoule);
}

}  // namespace

void read_prices(const ConfigReader& rows, const ActionRow& action, EnergyTable& table) {
  if (!action.always && !rows.has(action.name)) {
    return;
  }
  const ConfigReader row = rows.required_section(action.name);
  if (action.always || row.has("pj")) {
    read_price(row, {action.action, {}}, table);
  }
  const std::optional<ConfigReader> classes = row.optional_section("classes");
  if (!classes) {
    return;
  }
  for (const PriceClass& name : classes->keys()) {
    if (!is_price_class(name)) {
      classes->fail(name, "expected a name of letters, digits, '_', '-' and '.'");
    }
    read_price(classes->required_section(name), {action.action, name}, table);
  }
}

}  // namespace airnn
