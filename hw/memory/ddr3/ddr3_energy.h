// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/memory/ddr3/ddr3_part.h"

namespace airnn {

/// What a rank consumes, in pJ, from the currents of its data sheet: each command what it takes
/// above standby, and standby itself. Termination on the data bus is not part of it.
struct Ddr3Energy {
  double activate_pj = 0;  ///< ACT together with the PRE that ends it
  double read_pj = 0;      ///< RD, a burst of 64 bytes
  double write_pj = 0;     ///< WR, a burst of 64 bytes
  double refresh_pj = 0;   ///< REF
  // Per tCK:
  double active_standby_pj = 0;     ///< a bank is open
  double precharge_standby_pj = 0;  ///< all banks are closed
  double active_power_down_pj = 0;
  double precharge_power_down_pj = 0;
  double self_refresh_pj = 0;
};

Ddr3Energy ddr3_energy(const Ddr3Part& part);

}  // namespace airnn
