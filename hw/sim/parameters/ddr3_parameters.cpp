// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "hw/sim/parameters/memory_parameters.h"

namespace airnn {

namespace {

constexpr Cycle kMostTimingCycles = 1000000;

Cycle at_least(const Ddr3TimingParams& timing, Cycle cycles, Cycle ps) {
  return std::max(cycles, (ps + timing.tck_ps - 1) / timing.tck_ps);
}

// What JESD79-3 asks for where a data sheet's own value does not matter to most.
void standard_xp(Ddr3TimingParams& timing) {
  const bool slow = timing.tck_ps >= 1875;  // DDR3-1066 and less
  timing.xp = at_least(timing, 3, slow ? 7500 : 6000);
}

void standard_cke(Ddr3TimingParams& timing) {
  const Cycle ps = timing.tck_ps >= 2500 ? 7500 : timing.tck_ps >= 1500 ? 5625 : 5000;
  timing.cke = at_least(timing, 3, ps);
}

void standard_xs(Ddr3TimingParams& timing) {
  timing.xs = timing.rfc + at_least(timing, 0, 10000);
}

}  // namespace

const ParameterTable<Ddr3Part>& ddr3_part_parameters() {
  using Row = Parameter<Ddr3Part>;
  static const ParameterTable<Ddr3Part> table{
      Row::text("part", &Ddr3Part::name, "text", "What the memory is made of").required(),
      Row({"source", "", TextValues{"text"}, "Where its numbers are from"},
          [](const ConfigReader& reader, Ddr3Part& /*part*/, bool /*required*/) {
            reader.required_string("source");
          })};
  return table;
}

const ParameterTable<Ddr3Geometry>& ddr3_geometry_parameters() {
  using Row = Parameter<Ddr3Geometry>;
  // Wide ranges: inconsistencies() knows what there is, and says so better.
  constexpr std::int64_t kMost = 1 << 20;
  static const ParameterTable<Ddr3Geometry> table{
      Row::integer("ranks", &Ddr3Geometry::ranks, 1, kMost, "1 or 2").required(),
      Row::integer("device_width_bits", &Ddr3Geometry::device_width_bits, 1, kMost,
                   "8 or 16: eight or four devices to a rank")
          .required(),
      Row::integer("banks", &Ddr3Geometry::banks, 1, kMost, "Of a device: 8").required(),
      Row::integer("rows", &Ddr3Geometry::rows, 1, kMost,
                   "Of a bank: a power of two; devices have 512 Mbit to 8 Gbit")
          .required(),
      Row::integer("columns", &Ddr3Geometry::columns, 1, kMost, "Of a row: a power of two")
          .required()};
  return table;
}

const ParameterTable<Ddr3TimingParams>& ddr3_timing_parameters() {
  using Row = Parameter<Ddr3TimingParams>;
  using Params = Ddr3TimingParams;
  const auto cycles = [](const char* key, Cycle Params::*field, const char* sentence) {
    return Row::integer(key, field, 1, kMostTimingCycles, sentence).required();
  };
  static const ParameterTable<Params> table{
      Row::integer("tck_ps", &Params::tck_ps, 100, 100000,
                   "Period of the memory's clock, 935 .. 3300; the other keys count in it")
          .required(),
      cycles("cl", &Params::cl, "RD to its first data"),
      cycles("cwl", &Params::cwl, "WR to its first data"),
      cycles("rcd", &Params::rcd, "ACT to RD or WR"),
      cycles("rp", &Params::rp, "PRE to ACT"),
      cycles("ras", &Params::ras, "ACT to PRE"),
      cycles("rc", &Params::rc, "ACT to ACT of the same bank"),
      cycles("ccd", &Params::ccd, "RD to RD, WR to WR"),
      cycles("rrd", &Params::rrd, "ACT to ACT of another bank"),
      cycles("faw", &Params::faw, "Any five ACT of a rank span more than this"),
      cycles("wtr", &Params::wtr, "End of write data to RD"),
      cycles("wr", &Params::wr, "End of write data to PRE"),
      cycles("rtp", &Params::rtp, "RD to PRE"),
      cycles("rfc", &Params::rfc, "REF to ACT or REF"),
      cycles("refi", &Params::refi, "Average distance of REF"),
      Row::integer("rtrs", &Params::rtrs, 0, 64,
                   "Gap on the data bus when another rank takes it over"),
      Row::integer("xp", &Params::xp, 1, kMostTimingCycles, "End of power-down to the next command")
          .otherwise("JESD79-3", standard_xp),
      Row::integer("cke", &Params::cke, 1, kMostTimingCycles,
                   "Shortest power-down, and shortest time between two")
          .otherwise("JESD79-3", standard_cke),
      Row::integer("xs", &Params::xs, 1, 2 * kMostTimingCycles,
                   "End of self-refresh to a command that needs no DLL")
          .otherwise("rfc + 10 ns", standard_xs),
      Row::integer("xsdll", &Params::xsdll, 1, kMostTimingCycles,
                   "End of self-refresh to RD or WR"),
      Row::integer("ckesr", &Params::ckesr, 1, 2 * kMostTimingCycles, "Shortest self-refresh")
          .otherwise("cke + 1", [](Params& timing) { timing.ckesr = timing.cke + 1; })};
  return table;
}

const ParameterTable<Ddr3Currents>& ddr3_current_parameters() {
  using Row = Parameter<Ddr3Currents>;
  // A current below 1 mA was given in ampere.
  const auto milliampere = [](const char* key, double Ddr3Currents::*field, const char* sentence) {
    return Row::real(key, field, 1.0, 10000.0, sentence).required();
  };
  static const ParameterTable<Ddr3Currents> table{
      Row::real("vdd", &Ddr3Currents::vdd, 0.1, 10.0, "Supply in V: 1.35 or 1.5").required(),
      milliampere("idd0_ma", &Ddr3Currents::idd0, "One device, one bank: ACT to PRE"),
      milliampere("idd2n_ma", &Ddr3Currents::idd2n, "Precharge standby"),
      milliampere("idd2p_ma", &Ddr3Currents::idd2p, "Precharge power-down"),
      milliampere("idd3n_ma", &Ddr3Currents::idd3n, "Active standby"),
      milliampere("idd3p_ma", &Ddr3Currents::idd3p, "Active power-down"),
      milliampere("idd4r_ma", &Ddr3Currents::idd4r, "Read bursts"),
      milliampere("idd4w_ma", &Ddr3Currents::idd4w, "Write bursts"),
      milliampere("idd5_ma", &Ddr3Currents::idd5, "Refresh bursts"),
      milliampere("idd6_ma", &Ddr3Currents::idd6, "Self-refresh")};
  return table;
}

const ParameterTable<Ddr3ChannelParams>& ddr3_channel_parameters() {
  using Row = Parameter<Ddr3ChannelParams>;
  using Params = Ddr3ChannelParams;
  constexpr Cycle kMostIdle = 1000000000;
  static const ParameterTable<Params> table{
      Row::text("mapping", &Params::mapping, "fields",
                "Fields of an address, most significant first: ra, ro, ba, co"),
      Row::choice("scheduling", &Params::scheduling,
                  {{"fcfs", DramScheduling::fcfs}, {"fr_fcfs", DramScheduling::fr_fcfs}},
                  "Oldest request first, or those first whose row is open"),
      Row::integer("hit_cap", &Params::hit_cap, 0, 1 << 20,
                   "Column commands to a row while an older request waits; 0: no cap"),
      Row::choice("page_policy", &Params::page_policy,
                  {{"open", PagePolicy::open},
                   {"closed", PagePolicy::closed},
                   {"adaptive", PagePolicy::adaptive}},
                  "Whether a row that nobody waits for stays open"),
      Row::integer("page_timeout_cycles", &Params::page_timeout_cycles, 0, kMostTimingCycles,
                   "adaptive: a row that is not used for so long is closed; 0: never"),
      Row::integer("read_queue", &Params::read_queue, 1, 64, "Places for reads"),
      Row::integer("write_queue", &Params::write_queue, 1, 64, "Places for writes"),
      Row::integer("drain_high_percent", &Params::drain_high_percent, 0, 100,
                   "Writes have the bus when they take more of their queue than this"),
      Row::integer("drain_low_percent", &Params::drain_low_percent, 0, 100,
                   "Reads have it again when writes take less; below drain_high_percent"),
      Row::flag("refresh", &Params::refresh, "Whether the memory is refreshed"),
      Row::integer("max_postponed", &Params::max_postponed, 0, 8, "Refreshes that may be late"),
      Row::integer("max_pulled_in", &Params::max_pulled_in, 0, 8, "Refreshes that may be early"),
      Row::integer("power_down_after_cycles", &Params::power_down_after_cycles, 0, kMostIdle,
                   "Idle time before power-down; 0: never"),
      Row::integer("self_refresh_after_cycles", &Params::self_refresh_after_cycles, 0, kMostIdle,
                   "Idle time before self-refresh, later than power-down; 0: never"),
      Row::integer("front_end_cycles", &Params::front_end_cycles, 0, 1000,
                   "Acceptance of a request to the first cycle that can serve it")};
  return table;
}

const ParameterTable<Ddr3ControllerParams>& ddr3_controller_parameters() {
  using Row = Parameter<Ddr3ControllerParams>;
  static const ParameterTable<Ddr3ControllerParams> table{
      Row::integer("crossing_cycles", &Ddr3ControllerParams::crossing_cycles, 1, 64,
                   "Fabric cycles to the memory's clock, and back")};
  return table;
}

}  // namespace airnn
