// SPDX-License-Identifier: Apache-2.0
#include "sw/results/iterations_json.h"

#include <utility>

#include "sw/format/unit_names.h"
#include "sw/results/associative_json.h"
#include "sw/results/counts_json.h"
#include "sw/results/saturation.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

Json or_null(const std::optional<double>& number) {
  return number ? Json(*number) : Json(nullptr);
}

/// Rows that add up to `total` cycles each.
Json units_json(const std::vector<UnitRecord>& units, std::uint64_t total) {
  Json json = Json::object();
  for (const UnitRecord& unit : units) {
    if (!unit.is_observed) {
      json[unit.name] = kNotObserved;
      continue;
    }
    json[unit.name] = {{"working", unit.working},
                       {"waiting_for_input", unit.waiting_for_input},
                       {"waiting_for_credit", unit.waiting_for_credit},
                       {"idle", total - unit.busy()},
                       {"total", total}};
  }
  return json;
}

Json path_json(const RunResults& results, const PathCycles& path) {
  Json json = {{results.record.memory_name(), path.memory},
               {kControllerName, path.controller},
               {kAddressesName, path.addresses},
               {kInputBufferName, path.input_buffer}};
  for (std::size_t l = 0; l < path.layers.size(); ++l) {
    json[results.image.network().layers[l].name] = path.layers[l];
  }
  json[kScoreName] = path.score;
  return json;
}

}  // namespace

Json phases_json(const PhaseCycles& cycles) {
  return {{"load", cycles.load},   {"fetch", cycles.fetch},   {"compute", cycles.compute},
          {"score", cycles.score}, {"finish", cycles.finish}, {"total", cycles.total()}};
}

Json iterations_json(const RunResults& results) {
  const std::vector<double> fractions = cumulative_fractions(results.image);
  Json list = Json::array();
  for (std::size_t i = 0; i < results.record.iterations.size(); ++i) {
    const IterationRecord& iteration = results.record.iterations[i];
    Json entry = {
        {"iteration", i + 1},
        {"fraction_of_weights", fractions[i]},
        {"inputs_run", iteration.inputs_run},
        {"inputs_stopped", iteration.stopped},
        {"accuracy_if_all_stop_here", or_null(results.accuracy_if_all_stop(i))},
        {"accuracy_of_stopped", or_null(results.accuracy_of_stopped(i))},
        {"cycles", phases_json(iteration.cycles)},
        {"units", units_json(iteration.units, iteration.cycles.total())},
        {"critical_path", path_json(results, iteration.critical_path)},
        {"dram_bytes", iteration.counts.dram_bytes()},
        {"counts", counts_json(iteration.counts, results.record.counted)},
        {"energy_pj", energy_json(results.energy, iteration.counts, results.record.counted)}};
    if (results.has_channel()) {
      entry["dram"] = dram_counts_json(iteration.counts);
    }
    list.push_back(std::move(entry));
  }
  return list;
}

Json layers_json(const RunResults& results) {
  Json list = Json::array();
  const std::vector<Layer>& layers = results.image.network().layers;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    for (std::size_t i = 0; i < results.record.iterations.size(); ++i) {
      const LayerRecord& layer = results.record.layers[l][i];
      const Saturation saturation = layer_saturation(results, l, i);
      list.push_back({{"layer", layers[l].name},
                      {"iteration", i + 1},
                      {"runs", results.record.iterations[i].inputs_run},
                      {"weights", layer.weights},
                      {"nonzero_kernels", layer.nonzero_kernels},
                      {"groups", layer.groups},
                      {"compute_cycles", layer.compute_cycles},
                      {"multipliers", layer.multipliers},
                      {"issue_slots", layer.slots},
                      {"multiplications_done", layer.multiplications},
                      {"multiplications_idle", layer.idle_multiplications},
                      {"elements", saturation.elements},
                      {"saturated", saturation.saturated}});
      if (layers[l].match_rows > 0) {
        list.back().update(associative_json(results.image.network(), layers[l], layer));
      }
      if (!results.multipliers.empty() && layers[l].has_weights()) {
        const LayerMultiplier& multiplier = results.multipliers[l];
        list.back()["element"] = multiplier.element < 0 ? Json(nullptr) : Json(multiplier.element);
        list.back()["multiplier"] = multiplier.type;
      }
    }
  }
  return list;
}

Json units_json(const RunRecord& record) {
  std::vector<UnitRecord> units = record.units;
  for (std::size_t i = 0; i < units.size(); ++i) {
    units[i].add(record.boot_units[i]);
  }
  return units_json(units, record.total_cycles());
}

}  // namespace airnn
