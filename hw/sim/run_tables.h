// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/compute/engine_table.h"
#include "hw/rtl/rtl_unit.h"
#include "hw/sim/link_table.h"
#include "hw/sim/memory_table.h"

namespace airnn {

/// What the configuration of a run can name. A program of one's own may add rows.
struct RunTables {
  MemoryTable memories;
  EngineTable engines;
  LinkTable links = built_in_links();
  RtlTable rtl = built_in_rtl();
};

/// All that the project has.
const RunTables& built_in_tables();

}  // namespace airnn
