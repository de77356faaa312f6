// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/energy_table.h"

namespace airnn {

double EnergyTable::total(const Counts& counts) const {
  double sum = 0;
  for (std::size_t i = 0; i < kActions; ++i) {
    sum += of(static_cast<Action>(i), counts);
  }
  return sum;
}

}  // namespace airnn
