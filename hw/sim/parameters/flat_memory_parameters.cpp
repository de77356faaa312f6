// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/parameters/memory_parameters.h"

namespace airnn {

const ParameterTable<FlatMemoryParams>& flat_memory_parameters() {
  using Row = Parameter<FlatMemoryParams>;
  constexpr Cycle kMostCycles = 1000000;
  static const ParameterTable<FlatMemoryParams> table{
      Row::integer("latency_cycles", &FlatMemoryParams::latency_cycles, 1, kMostCycles,
                   "Latency of a burst that meets an idle memory"),
      Row::integer("burst_interval_cycles", &FlatMemoryParams::burst_interval_cycles, 1,
                   kMostCycles, "One more burst per so many cycles while bursts are pending")};
  return table;
}

}  // namespace airnn
