// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "hw/sim/config_json.h"
#include "hw/sim/dram_energy.h"
#include "sw/describe/dram_trace_result.h"
#include "sw/describe/latency_words.h"
#include "sw/version/version.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

double per(double part, double whole) {
  return whole > 0 ? part / whole : 0;
}

Json read_latency_json(const LatencyHistogram& latency) {
  Json json = latency_json(latency);
  Json& histogram = json["histogram"] = Json::array();
  for (const LatencyBucket& bucket : latency.buckets()) {
    histogram.push_back({bucket.from, bucket.count});
  }
  return json;
}

Json row_json(const DramCounts& counts) {
  return {{"hits", counts.of(RowOutcome::hit)},
          {"misses", counts.of(RowOutcome::miss)},
          {"conflicts", counts.of(RowOutcome::conflict)},
          {"forwarded", counts.of(RowOutcome::forwarded)}};
}

Json commands_json(const DramCounts& counts) {
  Json commands = Json::object();
  for (std::size_t i = 0; i < kDramCommands; ++i) {
    commands[kDramMnemonics[i]] = counts.commands[i];
  }
  return commands;
}

Json energy_json(const DramEnergy& energy) {
  return {{"activate", energy.activate_pj},     {"read", energy.read_pj},
          {"write", energy.write_pj},           {"refresh", energy.refresh_pj},
          {"background", energy.background_pj}, {"total", energy.total_pj()}};
}

Json states_json(const DramCounts& counts) {
  Json states = Json::object();
  for (std::size_t i = 0; i < kDramPowerStates; ++i) {
    const auto state = static_cast<DramPowerState>(i);
    states[to_string(state)] = counts.of(state);
  }
  return states;
}

Json utilisation_json(const DramTraceResult& result) {
  const auto cycles = static_cast<double>(result.cycles);
  Json banks = Json::array();
  for (std::uint32_t rank = 0; rank < result.part.geometry.ranks; ++rank) {
    for (std::uint32_t bank = 0; bank < result.part.geometry.banks; ++bank) {
      const std::uint64_t columns = result.statistics.bank_columns(rank, bank);
      banks.push_back(per(static_cast<double>(Ddr3TimingParams::kBurst * columns), cycles));
    }
  }
  const auto data_cycles = static_cast<double>(result.statistics.data_bus_cycles());
  return {{"data_bus", per(data_cycles, cycles)}, {"banks", banks}};
}

}  // namespace

double bandwidth_gbs(const DramTraceResult& result) {
  constexpr double kBytesPerCycle = 16;  // 64 bit, twice
  const auto bytes = kBytesPerCycle * static_cast<double>(result.statistics.data_bus_cycles());
  const auto tck_ps = static_cast<double>(result.part.timing.tck_ps);
  return per(bytes * 1000, static_cast<double>(result.cycles) * tck_ps);
}

Json dram_trace_json(const DramTraceResult& result) {
  const DramStatistics& statistics = result.statistics;
  const DramCounts counts = statistics.counts();
  const std::uint64_t requests = counts.reads + counts.writes;
  const LatencyHistogram& latency = statistics.read_latency();
  Json json = Json::object();
  json["schema"] = 1;
  json["version"] = program_version();
  json["memory"] = config_json(result.memory);
  json["trace"] = {
      {"file", result.trace_file}, {"requests", requests}, {"complete", result.complete}};
  json["requests"] = requests;
  json["reads"] = counts.reads;
  json["writes"] = counts.writes;
  json["cycles"] = result.cycles;
  json["last_read_cycle"] = nullptr;
  json["avg_read_latency_from_arrival"] = nullptr;
  json["latency"] = nullptr;
  if (counts.reads > 0) {
    json["last_read_cycle"] = statistics.last_read_cycle();
    json["avg_read_latency_from_arrival"] = latency.mean();
    json["latency"] = read_latency_json(latency);
  }
  json["row_hit_rate"] = counts.row_hit_rate();
  json["row"] = row_json(counts);
  json["bandwidth_GBs"] = bandwidth_gbs(result);
  json["commands"] = commands_json(counts);
  json["energy_pj"] = energy_json(dram_energy(counts, ddr3_energy(result.part)));
  json["states"] = states_json(counts);
  json["utilisation"] = utilisation_json(result);
  json["host"] = {
      {"seconds", result.host_seconds},
      {"requests_per_second", per(static_cast<double>(requests), result.host_seconds)},
      {"simulated_cycles_per_second", per(static_cast<double>(result.cycles), result.host_seconds)},
      {"peak_memory_bytes", result.peak_memory_bytes}};
  return json;
}

}  // namespace airnn
