// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/ddr3_rules.h"

#include <algorithm>

namespace airnn {

std::vector<Ddr3Rule> ddr3_rules(const Ddr3TimingParams& t) {
  using C = DramCommand;
  constexpr RuleScope bank = RuleScope::same_bank;
  constexpr RuleScope rank = RuleScope::same_rank;
  constexpr RuleScope other = RuleScope::other_rank;
  constexpr Cycle burst = Ddr3TimingParams::kBurst;
  const Cycle read_end = t.rtp;               // RD to the earliest precharge
  const Cycle data_end = t.cwl + burst;       // WR to the end of its data
  const Cycle write_end = data_end + t.wr;    // WR to the earliest precharge
  const Cycle read_turn = t.read_to_write();  // RD to WR
  const Cycle write_turn = data_end + t.wtr;  // WR to RD
  const Cycle other_read_turn = t.cl + burst + t.rtrs - t.cwl;
  // The write latency may be so much shorter that the buses do not meet.
  const Cycle other_write_turn = std::max<Cycle>(t.cwl + burst + t.rtrs, t.cl + 1) - t.cl;
  return {
      // ACT
      {"tRC", C::activate, C::activate, bank, t.rc},
      {"tRRD", C::activate, C::activate, rank, t.rrd},
      {"tFAW", C::activate, C::activate, rank, t.faw, 4},
      {"tRCD", C::activate, C::read, bank, t.rcd},
      {"tRCD", C::activate, C::read_auto, bank, t.rcd},
      {"tRCD", C::activate, C::write, bank, t.rcd},
      {"tRCD", C::activate, C::write_auto, bank, t.rcd},
      {"tRAS", C::activate, C::precharge, bank, t.ras},
      {"tRAS", C::activate, C::precharge_all, rank, t.ras},
      {"tRC", C::activate, C::refresh, rank, t.rc},
      {"tRC", C::activate, C::self_refresh_enter, rank, t.rc},
      // PRE, PREA
      {"tRP", C::precharge, C::activate, bank, t.rp},
      {"tRP", C::precharge, C::refresh, rank, t.rp},
      {"tRP", C::precharge, C::self_refresh_enter, rank, t.rp},
      {"tRP", C::precharge_all, C::activate, rank, t.rp},
      {"tRP", C::precharge_all, C::refresh, rank, t.rp},
      {"tRP", C::precharge_all, C::self_refresh_enter, rank, t.rp},
      // RD
      {"tCCD", C::read, C::read, rank, t.ccd},
      {"tCCD", C::read, C::read_auto, rank, t.ccd},
      {"tRTW", C::read, C::write, rank, read_turn},
      {"tRTW", C::read, C::write_auto, rank, read_turn},
      {"tRTP", C::read, C::precharge, bank, read_end},
      {"tRTP", C::read, C::precharge_all, rank, read_end},
      {"tRDPDEN", C::read, C::power_down_enter, rank, t.cl + burst + 1},
      {"tRDPDEN", C::read, C::self_refresh_enter, rank, t.cl + burst + 1},
      {"tRTRS", C::read, C::read, other, burst + t.rtrs},
      {"tRTRS", C::read, C::read_auto, other, burst + t.rtrs},
      {"tRTRS", C::read, C::write, other, other_read_turn},
      {"tRTRS", C::read, C::write_auto, other, other_read_turn},
      // RDA
      {"tCCD", C::read_auto, C::read, rank, t.ccd},
      {"tCCD", C::read_auto, C::read_auto, rank, t.ccd},
      {"tRTW", C::read_auto, C::write, rank, read_turn},
      {"tRTW", C::read_auto, C::write_auto, rank, read_turn},
      {"tRTP+tRP", C::read_auto, C::activate, bank, read_end + t.rp},
      {"tRTP", C::read_auto, C::precharge_all, rank, read_end},
      {"tRTP+tRP", C::read_auto, C::refresh, rank, read_end + t.rp},
      {"tRTP+tRP", C::read_auto, C::self_refresh_enter, rank, read_end + t.rp},
      {"tRDPDEN", C::read_auto, C::power_down_enter, rank, t.cl + burst + 1},
      {"tRDPDEN", C::read_auto, C::self_refresh_enter, rank, t.cl + burst + 1},
      {"tRTRS", C::read_auto, C::read, other, burst + t.rtrs},
      {"tRTRS", C::read_auto, C::read_auto, other, burst + t.rtrs},
      {"tRTRS", C::read_auto, C::write, other, other_read_turn},
      {"tRTRS", C::read_auto, C::write_auto, other, other_read_turn},
      // WR
      {"tCCD", C::write, C::write, rank, t.ccd},
      {"tCCD", C::write, C::write_auto, rank, t.ccd},
      {"tWTR", C::write, C::read, rank, write_turn},
      {"tWTR", C::write, C::read_auto, rank, write_turn},
      {"tWR", C::write, C::precharge, bank, write_end},
      {"tWR", C::write, C::precharge_all, rank, write_end},
      {"tWRPDEN", C::write, C::power_down_enter, rank, write_end},
      {"tRTRS", C::write, C::write, other, burst + t.rtrs},
      {"tRTRS", C::write, C::write_auto, other, burst + t.rtrs},
      {"tRTRS", C::write, C::read, other, other_write_turn},
      {"tRTRS", C::write, C::read_auto, other, other_write_turn},
      // WRA
      {"tCCD", C::write_auto, C::write, rank, t.ccd},
      {"tCCD", C::write_auto, C::write_auto, rank, t.ccd},
      {"tWTR", C::write_auto, C::read, rank, write_turn},
      {"tWTR", C::write_auto, C::read_auto, rank, write_turn},
      {"tWR+tRP", C::write_auto, C::activate, bank, write_end + t.rp},
      {"tWR", C::write_auto, C::precharge_all, rank, write_end},
      {"tWR+tRP", C::write_auto, C::refresh, rank, write_end + t.rp},
      {"tWR+tRP", C::write_auto, C::self_refresh_enter, rank, write_end + t.rp},
      {"tWRAPDEN", C::write_auto, C::power_down_enter, rank, write_end + 1},
      {"tRTRS", C::write_auto, C::write, other, burst + t.rtrs},
      {"tRTRS", C::write_auto, C::write_auto, other, burst + t.rtrs},
      {"tRTRS", C::write_auto, C::read, other, other_write_turn},
      {"tRTRS", C::write_auto, C::read_auto, other, other_write_turn},
      // REF
      {"tRFC", C::refresh, C::activate, rank, t.rfc},
      {"tRFC", C::refresh, C::refresh, rank, t.rfc},
      {"tRFC", C::refresh, C::self_refresh_enter, rank, t.rfc},
      // Power-down
      {"tPD", C::power_down_enter, C::power_down_exit, rank, t.cke},
      {"tCKE", C::power_down_exit, C::power_down_enter, rank, t.cke},
      {"tXP", C::power_down_exit, C::power_down_enter, rank, t.xp},
      {"tXP", C::power_down_exit, C::activate, rank, t.xp},
      {"tXP", C::power_down_exit, C::precharge, rank, t.xp},
      {"tXP", C::power_down_exit, C::precharge_all, rank, t.xp},
      {"tXP", C::power_down_exit, C::read, rank, t.xp},
      {"tXP", C::power_down_exit, C::read_auto, rank, t.xp},
      {"tXP", C::power_down_exit, C::write, rank, t.xp},
      {"tXP", C::power_down_exit, C::write_auto, rank, t.xp},
      {"tXP", C::power_down_exit, C::refresh, rank, t.xp},
      {"tXP", C::power_down_exit, C::self_refresh_enter, rank, t.xp},
      // Self-refresh
      {"tCKESR", C::self_refresh_enter, C::self_refresh_exit, rank, t.ckesr},
      {"tXS", C::self_refresh_exit, C::activate, rank, t.xs},
      {"tXS", C::self_refresh_exit, C::refresh, rank, t.xs},
      {"tXSDLL", C::self_refresh_exit, C::power_down_enter, rank, t.xsdll},
      {"tXS", C::self_refresh_exit, C::self_refresh_enter, rank, t.xs},
      {"tXSDLL", C::self_refresh_exit, C::read, rank, t.xsdll},
      {"tXSDLL", C::self_refresh_exit, C::read_auto, rank, t.xsdll},
      {"tXSDLL", C::self_refresh_exit, C::write, rank, t.xsdll},
      {"tXSDLL", C::self_refresh_exit, C::write_auto, rank, t.xsdll},
  };
}

}  // namespace airnn
