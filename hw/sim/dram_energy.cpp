// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/dram_energy.h"

namespace airnn {

DramEnergy dram_energy(const DramCounts& counts, const Ddr3Energy& price) {
  const auto times = [](std::uint64_t count, double pj) { return static_cast<double>(count) * pj; };
  DramEnergy energy;
  energy.activate_pj = times(counts.of(DramCommand::activate), price.activate_pj);
  energy.read_pj = times(counts.read_commands(), price.read_pj);
  energy.write_pj = times(counts.write_commands(), price.write_pj);
  energy.refresh_pj = times(counts.of(DramCommand::refresh), price.refresh_pj);
  energy.background_pj =
      times(counts.of(DramPowerState::active_standby), price.active_standby_pj) +
      times(counts.of(DramPowerState::precharge_standby), price.precharge_standby_pj) +
      times(counts.of(DramPowerState::active_power_down), price.active_power_down_pj) +
      times(counts.of(DramPowerState::precharge_power_down), price.precharge_power_down_pj) +
      times(counts.of(DramPowerState::self_refresh), price.self_refresh_pj);
  return energy;
}

DramStatistics dram_statistics(const Ddr3Part& part) {
  const Ddr3TimingParams& timing = part.timing;
  return {part.geometry.ranks,
          part.geometry.banks,
          {timing.ras, timing.rtp, timing.cwl + Ddr3TimingParams::kBurst + timing.wr}};
}

}  // namespace airnn
