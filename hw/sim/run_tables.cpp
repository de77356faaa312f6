// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/run_tables.h"

namespace airnn {

const RunTables& built_in_tables() {
  static const RunTables tables = {built_in_memories(), built_in_engines(), built_in_links(),
                                   built_in_rtl()};
  return tables;
}

}  // namespace airnn
