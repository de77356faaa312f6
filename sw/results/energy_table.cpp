// SPDX-License-Identifier: Apache-2.0
#include "sw/results/energy_table.h"

#include "sw/format/errors.h"

namespace airnn {

bool is_priced_by_table(Action action, bool has_currents) {
  switch (row_of(action).priced_by) {
    case PricedBy::table:
      return true;
    case PricedBy::memory:
      return !has_currents;
    case PricedBy::currents:
    case PricedBy::nobody:
      break;
  }
  return false;
}

double EnergyTable::price(const PricedAction& what) const {
  const auto found = prices_.find(what);
  if (found != prices_.end()) {
    return found->second;
  }
  std::string rows;
  for (const auto& [row, picojoule] : prices_) {
    if (row.action == what.action) {
      rows += (rows.empty() ? "'" : ", '") + row.name() + "'";
    }
  }
  throw UserError(
      "energy table " + name + ": no price for '" + what.name() + "'; expected a row, " +
      (rows.empty() ? std::string("there is none for the action") : "the table has " + rows));
}

void EnergyTable::check(const std::vector<PricedAction>& counted, bool has_currents) const {
  for (const PricedAction& what : counted) {
    if (is_priced_by_table(what.action, has_currents)) {
      price(what);
    }
  }
}

}  // namespace airnn
