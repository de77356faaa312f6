// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/memory_config.h"

#include <algorithm>
#include <stdexcept>

namespace airnn {

namespace {

constexpr Cycle kMostTimingCycles = 1000000;

FlatMemoryParams read_flat(const ConfigReader& reader) {
  FlatMemoryParams params;
  params.latency_cycles = reader.int_or<Cycle>("latency_cycles", 120, 1, kMostTimingCycles);
  params.burst_interval_cycles =
      reader.int_or<Cycle>("burst_interval_cycles", 1, 1, kMostTimingCycles);
  return params;
}

Ddr3Geometry read_geometry(const ConfigReader& reader) {
  // Wide ranges: inconsistencies() knows what there is, and says so better.
  constexpr std::uint32_t kMostOfAPart = 1U << 20;
  Ddr3Geometry geometry;
  geometry.ranks = reader.required_int("ranks", 1U, kMostOfAPart);
  geometry.device_width_bits = reader.required_int("device_width_bits", 1U, kMostOfAPart);
  geometry.banks = reader.required_int("banks", 1U, kMostOfAPart);
  geometry.rows = reader.required_int("rows", 1U, kMostOfAPart);
  geometry.columns = reader.required_int("columns", 1U, kMostOfAPart);
  return geometry;
}

/// What JESD79-3 asks for where a data sheet's own value does not matter to most.
void read_power_timing(const ConfigReader& reader, Ddr3TimingParams& timing) {
  const auto at_least = [&timing](Cycle cycles, Cycle ps) {
    return std::max(cycles, (ps + timing.tck_ps - 1) / timing.tck_ps);
  };
  const bool slow = timing.tck_ps >= 1875;  // DDR3-1066 and less
  timing.xp = reader.int_or<Cycle>("xp", at_least(3, slow ? 7500 : 6000), 1, kMostTimingCycles);
  const Cycle cke_ps = timing.tck_ps >= 2500 ? 7500 : timing.tck_ps >= 1500 ? 5625 : 5000;
  timing.cke = reader.int_or<Cycle>("cke", at_least(3, cke_ps), 1, kMostTimingCycles);
  timing.xs = reader.int_or<Cycle>("xs", timing.rfc + at_least(0, 10000), 1, 2 * kMostTimingCycles);
  timing.xsdll = reader.int_or<Cycle>("xsdll", 512, 1, kMostTimingCycles);
  timing.ckesr = reader.int_or<Cycle>("ckesr", timing.cke + 1, 1, 2 * kMostTimingCycles);
}

Ddr3TimingParams read_timing(const ConfigReader& reader) {
  const auto cycles = [&reader](const char* key) {
    return reader.required_int<Cycle>(key, 1, kMostTimingCycles);
  };
  Ddr3TimingParams timing;
  timing.tck_ps = reader.required_int<std::uint64_t>("tck_ps", 100, 100000);
  timing.cl = cycles("cl");
  timing.cwl = cycles("cwl");
  timing.rcd = cycles("rcd");
  timing.rp = cycles("rp");
  timing.ras = cycles("ras");
  timing.rc = cycles("rc");
  timing.ccd = cycles("ccd");
  timing.rrd = cycles("rrd");
  timing.faw = cycles("faw");
  timing.wtr = cycles("wtr");
  timing.wr = cycles("wr");
  timing.rtp = cycles("rtp");
  timing.rfc = cycles("rfc");
  timing.refi = cycles("refi");
  timing.rtrs = reader.int_or<Cycle>("rtrs", timing.rtrs, 0, 64);
  read_power_timing(reader, timing);
  return timing;
}

Ddr3Currents read_currents(const ConfigReader& reader) {
  // A current below 1 mA was given in ampere.
  const auto milliampere = [&reader](const char* key) {
    return reader.required_double(key, 1.0, 10000.0);
  };
  Ddr3Currents currents;
  currents.vdd = reader.required_double("vdd", 0.1, 10.0);
  currents.idd0 = milliampere("idd0_ma");
  currents.idd2n = milliampere("idd2n_ma");
  currents.idd2p = milliampere("idd2p_ma");
  currents.idd3n = milliampere("idd3n_ma");
  currents.idd3p = milliampere("idd3p_ma");
  currents.idd4r = milliampere("idd4r_ma");
  currents.idd4w = milliampere("idd4w_ma");
  currents.idd5 = milliampere("idd5_ma");
  currents.idd6 = milliampere("idd6_ma");
  return currents;
}

Ddr3Part read_part(const ConfigReader& reader) {
  Ddr3Part part;
  part.name = reader.required_string("part");
  reader.required_string("source");
  part.geometry = read_geometry(reader.required_section("geometry"));
  part.timing = read_timing(reader.required_section("timing"));
  part.currents = read_currents(reader.required_section("currents"));
  const std::vector<Ddr3Inconsistency> found = inconsistencies(part);
  if (!found.empty()) {
    const std::string& key = found.front().key;
    const std::size_t dot = key.find('.');
    reader.section(key.substr(0, dot)).fail(key.substr(dot + 1), found.front().what);
  }
  return part;
}

void read_queues(const ConfigReader& reader, Ddr3ChannelParams& params) {
  params.read_queue = reader.int_or("read_queue", params.read_queue, 1U, 64U);
  params.write_queue = reader.int_or("write_queue", params.write_queue, 1U, 64U);
  params.drain_high_percent =
      reader.int_or("drain_high_percent", params.drain_high_percent, 0U, 100U);
  params.drain_low_percent = reader.int_or("drain_low_percent", params.drain_low_percent, 0U, 100U);
  if (params.drain_low_percent >= params.drain_high_percent) {
    reader.fail(reader.has("drain_low_percent") ? "drain_low_percent" : "drain_high_percent",
                "drain_low_percent (" + std::to_string(params.drain_low_percent) +
                    ") must be less than drain_high_percent (" +
                    std::to_string(params.drain_high_percent) + ")");
  }
}

void read_idle_times(const ConfigReader& reader, Ddr3ChannelParams& params) {
  constexpr Cycle kMostIdle = 1000000000;
  params.power_down_after_cycles =
      reader.int_or<Cycle>("power_down_after_cycles", params.power_down_after_cycles, 0, kMostIdle);
  params.self_refresh_after_cycles = reader.int_or<Cycle>(
      "self_refresh_after_cycles", params.self_refresh_after_cycles, 0, kMostIdle);
  if (params.power_down_after_cycles != 0 && params.self_refresh_after_cycles != 0 &&
      params.self_refresh_after_cycles <= params.power_down_after_cycles) {
    reader.fail("self_refresh_after_cycles",
                "self-refresh (after " + std::to_string(params.self_refresh_after_cycles) +
                    ") must come later than power-down (after " +
                    std::to_string(params.power_down_after_cycles) + ")");
  }
}

void read_controller(const ConfigReader& reader, Ddr3ChannelParams& params) {
  params.mapping = reader.string_or("mapping", params.mapping);
  try {
    AddressMap(params.mapping, params.part.geometry);
  } catch (const std::invalid_argument& error) {
    reader.fail("mapping", error.what());
  }
  params.scheduling =
      reader.enum_or("scheduling", params.scheduling,
                     {{"fcfs", DramScheduling::fcfs}, {"fr_fcfs", DramScheduling::fr_fcfs}});
  params.hit_cap = reader.int_or("hit_cap", params.hit_cap, 0U, 1U << 20);
  params.page_policy = reader.enum_or("page_policy", params.page_policy,
                                      {{"open", PagePolicy::open},
                                       {"closed", PagePolicy::closed},
                                       {"adaptive", PagePolicy::adaptive}});
  params.page_timeout_cycles =
      reader.int_or<Cycle>("page_timeout_cycles", params.page_timeout_cycles, 0, kMostTimingCycles);
  read_queues(reader, params);
  params.refresh = reader.bool_or("refresh", params.refresh);
  params.max_postponed = reader.int_or("max_postponed", params.max_postponed, 0U, 8U);
  params.max_pulled_in = reader.int_or("max_pulled_in", params.max_pulled_in, 0U, 8U);
  read_idle_times(reader, params);
  params.front_end_cycles =
      reader.int_or<Cycle>("front_end_cycles", params.front_end_cycles, 0, 1000);
}

}  // namespace

MemoryConfig read_memory_config(const ConfigReader& reader) {
  MemoryConfig config;
  config.model = reader.required_enum<MemoryModel>(
      "model", {{"flat", MemoryModel::flat}, {"ddr3", MemoryModel::ddr3}});
  if (config.model == MemoryModel::flat) {
    config.flat = read_flat(reader);
    return config;
  }
  config.ddr3.channel.part = read_part(reader);
  read_controller(reader.section("controller"), config.ddr3.channel);
  config.ddr3.crossing_cycles = reader.int_or<Cycle>("crossing_cycles", 1, 1, 64);
  return config;
}

}  // namespace airnn
