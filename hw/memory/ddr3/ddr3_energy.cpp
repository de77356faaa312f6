// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/ddr3_energy.h"

namespace airnn {

Ddr3Energy ddr3_energy(const Ddr3Part& part) {
  const Ddr3TimingParams& timing = part.timing;
  const Ddr3Currents& i = part.currents;
  // V * mA * ns = pJ.
  const double per_ma_and_tck = i.vdd * static_cast<double>(timing.tck_ps) / 1000 *
                                static_cast<double>(part.geometry.devices_per_rank());
  const auto picojoule = [per_ma_and_tck](double ma, Cycle cycles) {
    return per_ma_and_tck * ma * static_cast<double>(cycles);
  };
  Ddr3Energy energy;
  energy.activate_pj =
      picojoule(i.idd0, timing.rc) - picojoule(i.idd3n, timing.ras) - picojoule(i.idd2n, timing.rp);
  energy.read_pj = picojoule(i.idd4r - i.idd3n, Ddr3TimingParams::kBurst);
  energy.write_pj = picojoule(i.idd4w - i.idd3n, Ddr3TimingParams::kBurst);
  energy.refresh_pj = picojoule(i.idd5 - i.idd3n, timing.rfc);
  energy.active_standby_pj = picojoule(i.idd3n, 1);
  energy.precharge_standby_pj = picojoule(i.idd2n, 1);
  energy.active_power_down_pj = picojoule(i.idd3p, 1);
  energy.precharge_power_down_pj = picojoule(i.idd2p, 1);
  energy.self_refresh_pj = picojoule(i.idd6, 1);
  return energy;
}

}  // namespace airnn
