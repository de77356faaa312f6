// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/parameters/energy_parameters.h"

namespace airnn {

const ParameterTable<EnergyHead>& energy_parameters() {
  using Row = Parameter<EnergyHead>;
  static const ParameterTable<EnergyHead> table{
      Row::text("name", &EnergyHead::name, "text", "What results call the table").required(),
      Row::text("source", &EnergyHead::source, "text", "Where its numbers are from").required(),
      Row::choice(
          "dram", &EnergyHead::dram,
          {{"words", DramPrice::words}, {"currents", DramPrice::currents}},
          "Memory is priced by words, or by the currents of its part if its model has one")};
  return table;
}

const ParameterTable<ActionPrice>& action_parameters() {
  using Row = Parameter<ActionPrice>;
  static const ParameterTable<ActionPrice> table{
      Row::real("pj", &ActionPrice::picojoule, 0.0, 1e9, "Energy of one action in pJ").required(),
      Row::text("source", &ActionPrice::source, "text", "Where the number is from").required()};
  return table;
}

}  // namespace airnn
