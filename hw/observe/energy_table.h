// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>

#include "hw/observe/counts.h"

namespace airnn {

/// Energy per action in picojoule, from a file of configs/energy.
struct EnergyTable {
  std::string name;
  std::array<double, kActions> picojoule{};

  double of(Action action, const Counts& counts) const {
    return picojoule[static_cast<std::size_t>(action)] * static_cast<double>(counts[action]);
  }
  double total(const Counts& counts) const;
};

}  // namespace airnn
