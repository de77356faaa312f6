// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/jedec/jedec_demands.h"

#include <algorithm>

namespace airnn {

namespace {

using C = DramCommand;
constexpr Cycle kBurst = Ddr3TimingParams::kBurst;
constexpr JedecScope kBank = JedecScope::same_bank;
constexpr JedecScope kRank = JedecScope::same_rank;
constexpr JedecScope kOther = JedecScope::other_rank;

using Demands = std::vector<JedecDemand>;

Cycle write_end(const Ddr3TimingParams& t) {
  return t.cwl + kBurst;
}

Demands on_activate(const Ddr3TimingParams& t) {
  return {{"tRC", C::activate, kBank, t.rc},
          {"tRRD", C::activate, kRank, t.rrd},
          {"tFAW", C::activate, kRank, t.faw, true},
          {"tRP", C::precharge, kBank, t.rp},
          {"tRP", C::precharge_all, kRank, t.rp},
          {"auto-precharge", C::read_auto, kBank, t.rtp + t.rp},
          {"auto-precharge", C::write_auto, kBank, write_end(t) + t.wr + t.rp},
          {"tRFC", C::refresh, kRank, t.rfc},
          {"tXS", C::self_refresh_exit, kRank, t.xs},
          {"tXP", C::power_down_exit, kRank, t.xp}};
}

Demands on_precharge(const Ddr3TimingParams& t) {
  return {{"tRAS", C::activate, kBank, t.ras},
          {"tRTP", C::read, kBank, t.rtp},
          {"tWR", C::write, kBank, write_end(t) + t.wr},
          {"tXP", C::power_down_exit, kRank, t.xp}};
}

/// Not into an auto-precharge either that has not begun.
Demands on_precharge_all(const Ddr3TimingParams& t) {
  return {{"tRAS", C::activate, kRank, t.ras},
          {"tRTP", C::read, kRank, t.rtp},
          {"tRTP", C::read_auto, kRank, t.rtp},
          {"tWR", C::write, kRank, write_end(t) + t.wr},
          {"tWR", C::write_auto, kRank, write_end(t) + t.wr},
          {"tXP", C::power_down_exit, kRank, t.xp}};
}

Demands on_column(const Ddr3TimingParams& t) {
  return {{"tRCD", C::activate, kBank, t.rcd},
          {"tXSDLL", C::self_refresh_exit, kRank, t.xsdll},
          {"tXP", C::power_down_exit, kRank, t.xp}};
}

Demands on_read(const Ddr3TimingParams& t) {
  Demands demands = on_column(t);
  for (const C read : {C::read, C::read_auto}) {
    demands.push_back({"tCCD", read, kRank, t.ccd});
    demands.push_back({"rank-to-rank", read, kOther, kBurst + t.rtrs});
  }
  // The data of the read follow those of the write, however much later they come than the RD.
  const Cycle to_bus = std::max(write_end(t) + t.rtrs, t.cl + 1) - t.cl;
  for (const C write : {C::write, C::write_auto}) {
    demands.push_back({"tWTR", write, kRank, write_end(t) + t.wtr});
    demands.push_back({"rank-to-rank", write, kOther, to_bus});
  }
  return demands;
}

Demands on_write(const Ddr3TimingParams& t) {
  Demands demands = on_column(t);
  for (const C write : {C::write, C::write_auto}) {
    demands.push_back({"tCCD", write, kRank, t.ccd});
    demands.push_back({"rank-to-rank", write, kOther, kBurst + t.rtrs});
  }
  for (const C read : {C::read, C::read_auto}) {
    demands.push_back({"read-to-write", read, kRank, t.cl + t.ccd + 2 - t.cwl});
    demands.push_back({"rank-to-rank", read, kOther, t.cl + kBurst + t.rtrs - t.cwl});
  }
  return demands;
}

Demands on_refresh(const Ddr3TimingParams& t) {
  return {{"tRP", C::precharge, kRank, t.rp},
          {"tRP", C::precharge_all, kRank, t.rp},
          {"auto-precharge", C::read_auto, kRank, t.rtp + t.rp},
          {"auto-precharge", C::write_auto, kRank, write_end(t) + t.wr + t.rp},
          {"tRFC", C::refresh, kRank, t.rfc},
          {"tXS", C::self_refresh_exit, kRank, t.xs},
          {"tXP", C::power_down_exit, kRank, t.xp}};
}

/// As a refresh, and not while data are on the bus.
Demands on_self_refresh(const Ddr3TimingParams& t) {
  Demands demands = on_refresh(t);
  demands.push_back({"read data", C::read, kRank, t.cl + kBurst + 1});
  demands.push_back({"read data", C::read_auto, kRank, t.cl + kBurst + 1});
  return demands;
}

/// CKE stays high until the DLL has locked.
Demands on_power_down(const Ddr3TimingParams& t) {
  return {{"power-down entry", C::read, kRank, t.cl + kBurst + 1},
          {"power-down entry", C::read_auto, kRank, t.cl + kBurst + 1},
          {"power-down entry", C::write, kRank, write_end(t) + t.wr},
          {"power-down entry", C::write_auto, kRank, write_end(t) + t.wr + 1},
          {"tCKE", C::power_down_exit, kRank, t.cke},
          {"tXSDLL", C::self_refresh_exit, kRank, t.xsdll},
          {"tXP", C::power_down_exit, kRank, t.xp}};
}

}  // namespace

std::vector<JedecDemand> jedec_demands(DramCommand command, const Ddr3TimingParams& timing) {
  switch (command) {
    case C::activate:
      return on_activate(timing);
    case C::precharge:
      return on_precharge(timing);
    case C::precharge_all:
      return on_precharge_all(timing);
    case C::read:
    case C::read_auto:
      return on_read(timing);
    case C::write:
    case C::write_auto:
      return on_write(timing);
    case C::refresh:
      return on_refresh(timing);
    case C::self_refresh_enter:
      return on_self_refresh(timing);
    case C::power_down_enter:
      return on_power_down(timing);
    case C::power_down_exit:
      return {{"tCKE", C::power_down_enter, kRank, timing.cke}};
    case C::self_refresh_exit:
      return {{"tCKESR", C::self_refresh_enter, kRank, timing.ckesr}};
  }
  return {};
}

}  // namespace airnn
