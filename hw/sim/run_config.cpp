// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/run_config.h"

#include "hw/sim/counted_actions.h"
#include "hw/sim/dram_energy.h"
#include "hw/sim/energy_rows.h"
#include "hw/sim/fault_config.h"
#include "hw/sim/layer_products.h"
#include "hw/sim/parameters/accelerator_parameters.h"
#include "hw/sim/parameters/energy_parameters.h"
#include "hw/sim/parameters/run_parameters.h"
#include "hw/sim/rtl_config.h"
#include "sw/config/nearest_name.h"
#include "sw/format/errors.h"
#include "sw/results/product_store.h"

namespace airnn {

namespace {

/// Options of single layers, by the layers' names.
void read_layers(const ConfigReader& layers, const Network& network, AcceleratorParams& params) {
  std::vector<std::string> names;
  for (const Layer& layer : network.layers) {
    names.push_back(layer.name);
  }
  const ParameterTable<EngineChoice> engines = engine_parameters(params.engine_table);
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
    read_parameters(layer_parameters(), options, params.parallelism[index]);
    read_parameters(engines, options, params.engines[index]);
  }
}

/// The widest beat: 64-bit index entries do not exist, 8-byte ones do; one entry is looked ahead.
void check_stream_buffers(const ConfigReader& reader, const ReadWeightControllerParams& params) {
  const unsigned beat_bursts = ((params.lanes + 1) * 8 + 63) / 64 + 1;
  if (params.fetch.stream_buffer_bursts < beat_bursts) {
    reader.fail("stream_buffer_bursts", "a beat of " + std::to_string(params.lanes) +
                                            " lanes needs at least " + std::to_string(beat_bursts) +
                                            " bursts");
  }
}

/// Rows are written for one size of the memory.
void read_associative_rows(const ConfigReader& reader, const Network& network,
                           AcceleratorParams& params) {
  read_parameters(associative_parameters(), reader, params);
  for (const Layer& layer : network.layers) {
    if (layer.has_weights() && layer.match_rows != params.associative_rows) {
      reader.fail("associative_rows",
                  "layer " + layer.name + ": the image has " + std::to_string(layer.match_rows) +
                      " match rows, the machine has " + std::to_string(params.associative_rows) +
                      "; expected the same ('airnn compile --rows')");
    }
  }
}

void read_group(const ConfigReader& reader, AcceleratorParams& params) {
  read_parameters(group_parameters(), reader, params);
  const InputGroupParams& group = params.controller.group;
  if (group.input_buffers > group.inputs_per_batch) {
    reader.fail("input_buffers",
                "there are " + std::to_string(group.input_buffers) +
                    " for the inputs of a group; expected at most inputs_per_batch, which is " +
                    std::to_string(group.inputs_per_batch));
  }
}

void read_accelerator(const ConfigReader& reader, const Network& network, const LinkTable& links,
                      AcceleratorParams& params) {
  read_parameters(accelerator_parameters(), reader, params);
  check_stream_buffers(reader, params.controller);
  params.link = read_link(reader, network, links);
  if (params.handoff == Handoff::row && !params.link.hands_on_rows) {
    reader.fail("handoff",
                "interconnect " + params.link.name + " carries whole maps; expected handoff: map");
  }
  ComputeParallelism common;
  read_parameters(layer_parameters(), reader, common);
  params.parallelism.assign(network.layers.size(), common);
  params.engines.clear();
  for (const Layer& layer : network.layers) {
    params.engines.push_back(usual_choice(layer));
  }
  read_associative_rows(reader, network, params);
  read_group(reader, params);
  if (const auto decompressor = reader.optional_section("decompressor")) {
    read_parameters(decompressor_parameters(), *decompressor, params);
  }
  if (const auto layers = reader.optional_section("layers")) {
    read_layers(*layers, network, params);
  }
}

/// An image has no layer with the name of a unit of the project; a memory may be of somebody
/// else's.
void check_unit_name(const ConfigReader& memory, const std::string& unit, const Network& network) {
  for (const Layer& layer : network.layers) {
    if (layer.name == unit) {
      memory.fail("model",
                  "a layer of network " + network.name + " is called as its unit, " + unit);
    }
  }
}

/// The price of one action; `dram: currents` takes those of the memory from its own file.
EnergyModel read_energy(const ConfigReader& reader, const MemoryModel& memory,
                        const MemoryTable& memories, const std::vector<PricedAction>& counted,
                        const RelativeEnergies& relative) {
  EnergyHead head;
  read_parameters(energy_parameters(), reader, head);
  EnergyModel energy;
  energy.table.name = head.name;
  if (head.dram == DramPrice::currents) {
    if (!memory.channel) {
      reader.fail("dram", "the memory has no currents: expected one of model " +
                              memories_with_commands(memories) + ", or dram: words");
    }
    energy.memory = dram_components(ddr3_energy(memory.channel->part));
  }
  const ConfigReader rows = reader.required_section("actions");
  for (const ActionRow& row : kActionTable) {
    if (is_priced_by_table(row.action, energy.has_currents())) {
      read_prices(rows, row, energy.table);
    }
  }
  for (const auto& [price_class, factor] : relative) {
    const PricedAction what{Action::multiplication, price_class};
    if (!energy.table.has(what)) {
      energy.table.set(what, factor * energy.table.price({Action::multiplication, {}}));
    }
  }
  for (const PricedAction& what : counted) {
    const std::optional<ProductStore> store = product_store_of(what.price_class);
    const PricedAction word{Action::product_read, {}};
    if (what.action == Action::product_read && store && !energy.table.has(what) &&
        energy.table.has(word)) {
      energy.table.set(what, store->relative_energy() * energy.table.price(word));
    }
  }
  try {
    energy.table.check(counted, energy.has_currents());
  } catch (const UserError& error) {
    reader.fail("actions", error.what());
  }
  return energy;
}

}  // namespace

EnergyConfig read_energy_config(const std::string& path, const std::string& memory,
                                const std::string& memory_origin,
                                const std::vector<PricedAction>& counted,
                                const RelativeEnergies& relative, const RunTables& tables) {
  const MemoryModel machine = read_memory_config(
      ConfigDocument::from_text(memory, memory_origin).reader(), tables.memories);
  const ConfigReader reader = ConfigDocument::load(path).reader();
  EnergyConfig config;
  config.model = read_energy(reader, machine, tables.memories, counted, relative);
  reader.finish();
  config.effective = reader.effective();
  return config;
}

RunConfig read_run_config(const std::string& path, const std::vector<ConfigAssignment>& sets,
                          const Network& network, const RunTables& tables) {
  ConfigDocument document = ConfigDocument::load(path, {"accelerator", "memory", "energy"});
  for (const ConfigAssignment& set : sets) {
    document.set(set);
  }
  const ConfigReader reader = document.reader();
  RunConfig config;
  AcceleratorParams& params = config.accelerator;
  params.engine_table = tables.engines;
  read_parameters(run_parameters(), reader, config);
  const ConfigReader accelerator = reader.section("accelerator");
  read_accelerator(accelerator, network, tables.links, params);
  config.elements = read_layer_products(accelerator, network, params);
  const ConfigReader memory = reader.required_section("memory");
  params.memory = read_memory_config(memory, tables.memories);
  check_unit_name(memory, params.memory.unit, network);
  config.counted = counted_actions(params, network);
  config.energy = read_energy(reader.required_section("energy"), params.memory, tables.memories,
                              config.counted, relative_energies(config.elements));
  config.faults = read_faults(reader, network);
  read_rtl(reader, network, tables.rtl, params);
  read_parameters(last_run_parameters(), reader, config);
  reader.finish();
  config.effective = reader.effective();
  return config;
}

}  // namespace airnn
