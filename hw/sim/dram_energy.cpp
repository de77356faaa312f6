// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/dram_energy.h"

namespace airnn {

std::vector<EnergyComponent> dram_components(const Ddr3Energy& price) {
  return {{"dram_activate", {{{Action::command_act}, price.activate_pj}}},
          {"dram_read", {{{Action::command_rd, Action::command_rda}, price.read_pj}}},
          {"dram_write", {{{Action::command_wr, Action::command_wra}, price.write_pj}}},
          {"dram_refresh", {{{Action::command_ref}, price.refresh_pj}}},
          {"dram_background",
           {{{Action::state_active_standby}, price.active_standby_pj},
            {{Action::state_precharge_standby}, price.precharge_standby_pj},
            {{Action::state_active_power_down}, price.active_power_down_pj},
            {{Action::state_precharge_power_down}, price.precharge_power_down_pj},
            {{Action::state_self_refresh}, price.self_refresh_pj}}}};
}

DramEnergy dram_energy(const DramCounts& counts, const Ddr3Energy& price) {
  Counts actions;
  add(actions, counts);
  const std::vector<EnergyComponent> parts = dram_components(price);
  return {parts[0].of(actions), parts[1].of(actions), parts[2].of(actions), parts[3].of(actions),
          parts[4].of(actions)};
}

DramStatistics dram_statistics(const Ddr3Part& part) {
  const Ddr3TimingParams& timing = part.timing;
  return {part.geometry.ranks,
          part.geometry.banks,
          {timing.ras, timing.rtp, timing.cwl + Ddr3TimingParams::kBurst + timing.wr}};
}

}  // namespace airnn
