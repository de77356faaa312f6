// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "sw/config/parameter.h"

namespace airnn {

enum class DramPrice : std::uint8_t { words, currents };

/// An energy table but for its prices.
struct EnergyHead {
  std::string name;
  std::string source;
  DramPrice dram = DramPrice::words;
};

/// The price of one action.
struct ActionPrice {
  double picojoule = 0;
  std::string source;
};

/// The section `energy`.
const ParameterTable<EnergyHead>& energy_parameters();

/// A row of `energy.actions`.
const ParameterTable<ActionPrice>& action_parameters();

}  // namespace airnn
