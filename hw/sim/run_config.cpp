// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/run_config.h"

#include "hw/sim/fault_config.h"
#include "hw/sim/memory_config.h"
#include "sw/config/nearest_name.h"

namespace airnn {

namespace {

constexpr Cycle kMostCycles = 1000000;

/// Options of single layers, by the layers' names.
void read_layers(const ConfigReader& layers, const Network& network,
                 std::vector<ComputeParallelism>& parallelism) {
  std::vector<std::string> names;
  for (const Layer& layer : network.layers) {
    names.push_back(layer.name);
  }
  for (const std::string& name : layers.keys()) {
    std::size_t index = 0;
    while (index < names.size() && names[index] != name) {
      ++index;
    }
    if (index == names.size()) {
      layers.fail(name, "network " + network.name + " has no layer of this name" +
                            did_you_mean(name, names));
    }
    const ConfigReader options = layers.required_section(name);
    ComputeParallelism& own = parallelism[index];
    own.positions = options.int_or("positions_in_parallel", own.positions, 1, 1 << 20);
    own.channels = options.int_or("channels_in_parallel", own.channels, 0, 1 << 20);
    own.fc_multipliers =
        options.int_or<std::int64_t>("fc_multipliers", own.fc_multipliers, 0, 1 << 30);
  }
}

void read_accelerator(const ConfigReader& reader, const Network& network,
                      AcceleratorParams& params) {
  const double megahertz = reader.double_or("fabric_mhz", 100.0, 1.0, 10000.0);
  params.fabric_period_ps = static_cast<std::uint64_t>(1e6 / megahertz + 0.5);
  params.controller.lanes = reader.int_or("lanes", 16U, 1U, 64U);
  params.controller.fetch.outstanding_reads = reader.int_or("outstanding_reads", 32U, 1U, 1024U);
  params.controller.fetch.stream_buffer_bursts =
      reader.int_or("stream_buffer_bursts", 8U, 1U, 1024U);
  // The widest beat: 64-bit index entries do not exist, 8-byte ones do; one entry is looked ahead.
  const unsigned beat_bursts = ((params.controller.lanes + 1) * 8 + 63) / 64 + 1;
  if (params.controller.fetch.stream_buffer_bursts < beat_bursts) {
    reader.fail("stream_buffer_bursts", "a beat of " + std::to_string(params.controller.lanes) +
                                            " lanes needs at least " + std::to_string(beat_bursts) +
                                            " bursts");
  }
  params.controller.prefetch = reader.enum_or("prefetch", Prefetch::none,
                                              {{"none", Prefetch::none}, {"next", Prefetch::next}});
  params.address_latency_cycles = reader.int_or<Cycle>("address_latency_cycles", 2, 1, kMostCycles);
  params.softmax_cycles = reader.int_or<Cycle>("softmax_cycles", 0, 0, kMostCycles);
  params.margin_cycles = reader.int_or<Cycle>("margin_cycles", 1, 1, kMostCycles);
  params.handoff =
      reader.enum_or("handoff", Handoff::map, {{"map", Handoff::map}, {"row", Handoff::row}});
  ComputeParallelism common;
  common.positions = reader.int_or("positions_in_parallel", 1, 1, 1 << 20);
  common.channels = reader.int_or("channels_in_parallel", 0, 0, 1 << 20);
  common.fc_multipliers = reader.int_or<std::int64_t>("fc_multipliers", 0, 0, 1 << 30);
  params.parallelism.assign(network.layers.size(), common);
  if (const auto layers = reader.optional_section("layers")) {
    read_layers(*layers, network, params.parallelism);
  }
}

/// The price of one action; `dram: currents` takes those of the memory from its own file.
EnergyModel read_energy(const ConfigReader& reader, const MemoryConfig& memory) {
  enum class DramPrice { words, currents };
  EnergyModel energy;
  energy.table.name = reader.required_string("name");
  reader.required_string("source");
  const auto dram = reader.enum_or(
      "dram", DramPrice::words, {{"words", DramPrice::words}, {"currents", DramPrice::currents}});
  if (dram == DramPrice::currents) {
    if (memory.model != MemoryModel::ddr3) {
      reader.fail("dram", "the memory has no currents: expected one of model ddr3, or dram: words");
    }
    energy.dram = ddr3_energy(memory.ddr3.channel.part);
  }
  const ConfigReader rows = reader.required_section("actions");
  for (std::size_t i = 0; i < kActions; ++i) {
    const auto action = static_cast<Action>(i);
    if (energy.prices(action)) {
      const ConfigReader row = rows.required_section(to_string(action));
      energy.table.picojoule[i] = row.required_double("pj", 0.0, 1e9);
      row.required_string("source");
    }
  }
  return energy;
}

}  // namespace

EnergyConfig read_energy_config(const std::string& path, const std::string& memory,
                                const std::string& memory_origin) {
  const MemoryConfig machine =
      read_memory_config(ConfigDocument::from_text(memory, memory_origin).reader());
  const ConfigReader reader = ConfigDocument::load(path).reader();
  EnergyConfig config;
  config.model = read_energy(reader, machine);
  reader.finish();
  config.effective = reader.effective();
  return config;
}

RunConfig read_run_config(const std::string& path, const std::vector<ConfigAssignment>& sets,
                          const Network& network) {
  ConfigDocument document = ConfigDocument::load(path, {"accelerator", "memory", "energy"});
  for (const ConfigAssignment& set : sets) {
    document.set(set);
  }
  const ConfigReader reader = document.reader();
  RunConfig config;
  AcceleratorParams& params = config.accelerator;
  params.threshold = reader.double_or("threshold", 0.9, 0.0, 1e6);
  params.score = reader.enum_or("score", ScoreMode::softmax,
                                {{"softmax", ScoreMode::softmax}, {"raw", ScoreMode::raw}});
  params.min_iterations = reader.int_or("min_iterations", 1U, 1U, 32767U);
  params.max_iterations = reader.int_or("max_iterations", 0U, 0U, 32767U);
  read_accelerator(reader.section("accelerator"), network, params);
  params.memory = read_memory_config(reader.required_section("memory"));
  config.energy = read_energy(reader.required_section("energy"), params.memory);
  config.faults = read_faults(reader, network);
  config.watchdog_cycles =
      reader.int_or<Cycle>("watchdog_cycles", 10'000'000, 1000, 1'000'000'000'000);
  reader.finish();
  config.effective = reader.effective();
  return config;
}

}  // namespace airnn
