// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/common/cycle.h"

namespace airnn {

/// One run of a layer over its input map, in cycles.
struct LayerRun {
  Cycle start = 0;          ///< first issue slot
  Cycle finish = 0;         ///< the whole output map is readable
  std::uint64_t slots = 0;  ///< issue slots = cycles in which the unit works
  Cycle stalled = 0;        ///< cycles between start and finish in which only rows were awaited
  std::vector<Cycle> row_ready;  ///< per row of the output map
};

}  // namespace airnn
