// SPDX-License-Identifier: Apache-2.0
#include "sw/results/results_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "sw/results/associative_json.h"
#include "sw/results/counts_json.h"
#include "sw/results/iterations_json.h"
#include "sw/results/link_json.h"
#include "sw/results/saturation.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

double ratio(double part, double whole) {
  return whole > 0 ? part / whole : 0;
}

Json image_json(const RunResults& results) {
  const ImageInfo& info = results.image.info();
  Json clusters = Json::object();
  for (const Layer& layer : results.image.network().layers) {
    if (layer.has_weights()) {
      clusters[layer.name] = layer.clusters;
    }
  }
  Json json{{"file", results.image_file},
            {"checksum", fmt::format("{:08x}", results.image.checksum())},
            {"network", results.image.network().name},
            {"scheme", to_string(info.scheme)},
            {"iterations", info.iterations},
            {"precision", results.image.weight_bits()},
            {"index_width", 8 * info.widths.index_bytes},
            {"clusters", clusters}};
  if (info.is_sparse) {
    json["sparse"] = true;
  }
  return json;
}

/// Of a memory without rows: neither hits nor row commands.
Json flat_memory_json(const Counts& counts) {
  return {{"row_hit_rate", nullptr},
          {"commands", {{"ACT", 0}, {"PRE", 0}, {"RD", counts.dram_reads}, {"WR", 0}, {"REF", 0}}}};
}

Json ddr3_memory_json(const Counts& counts) {
  Json json = {{"row_hit_rate", row_hit_rate(counts)},
               {"rows",
                {{"hits", counts[Action::request_hit]},
                 {"misses", counts[Action::request_miss]},
                 {"conflicts", counts[Action::request_conflict]}}}};
  json.update(dram_counts_json(counts));
  return json;
}

Json dram_json(const RunResults& results) {
  const RunRecord& record = results.record;
  const Counts counts = record.total_counts();
  Json json = {{"bytes_read", counts.dram_bytes()},
               {"reads", counts.dram_reads},
               {"bytes",
                {{"boot", record.boot_counts.dram_bytes()},
                 {"input", 4 * counts[Action::dram_input_word]},
                 {"value", 4 * (counts[Action::dram_value_word] -
                                record.boot_counts[Action::dram_value_word])},
                 {"index", 4 * counts[Action::dram_index_word]},
                 {"table", 4 * counts[Action::dram_table_word]}}}};
  json.update(results.has_channel() ? ddr3_memory_json(counts) : flat_memory_json(counts));
  return json;
}

Json saturation_json(const Saturation& saturation) {
  return {{"elements", saturation.elements}, {"saturated", saturation.saturated}};
}

Json saturation_json(const RunResults& results) {
  Saturation layers;
  for (std::size_t l = 0; l < results.record.layers.size(); ++l) {
    for (std::size_t i = 0; i < results.record.iterations.size(); ++i) {
      layers += layer_saturation(results, l, i);
    }
  }
  return {{"inputs", saturation_json(input_saturation(results))},
          {"layers", saturation_json(layers)}};
}

/// Multiplications by weights, by the type of the multipliers.
void add_multipliers(const RunResults& results, Json& summary) {
  std::vector<std::pair<LayerMultiplier, std::uint64_t>> types;
  std::uint64_t all = 0;
  double energy = 0;
  for (std::size_t l = 0; l < results.multipliers.size(); ++l) {
    if (!results.image.network().layers[l].has_weights()) {
      continue;
    }
    const LayerMultiplier& multiplier = results.multipliers[l];
    std::uint64_t count = 0;
    for (const LayerRecord& layer : results.record.layers[l]) {
      count += layer.multiplications;
    }
    all += count;
    energy += static_cast<double>(count) * multiplier.relative_energy;
    auto type = std::find_if(types.begin(), types.end(), [&](const auto& other) {
      return other.first.type == multiplier.type;
    });
    type = type == types.end() ? types.insert(type, {multiplier, 0}) : type;
    type->second += count;
  }
  Json list = Json::array();
  for (const auto& [multiplier, count] : types) {
    list.push_back({{"type", multiplier.type},
                    {"relative_energy", multiplier.relative_energy},
                    {"multiplications", count}});
  }
  summary["multipliers"] = list;
  summary["relative_multiplication_energy"] = ratio(energy, static_cast<double>(all));
}

Json summary_json(const RunResults& results) {
  const RunRecord& record = results.record;
  const auto inputs = static_cast<double>(record.inputs.size());
  Json summary = Json::object();
  summary["inputs"] = record.inputs.size();
  if (results.inputs_wanted) {
    summary["inputs_wanted"] = *results.inputs_wanted;
  }
  summary["correct"] = nullptr;
  summary["accuracy"] = nullptr;
  if (!results.labels.empty()) {
    summary["correct"] = std::llround(results.accuracy() * inputs);
    summary["accuracy"] = results.accuracy();
  }
  std::uint64_t iterations = 0;
  PhaseCycles phases;
  Json stopped = Json::array();
  for (const IterationRecord& iteration : record.iterations) {
    iterations += iteration.inputs_run;
    phases += iteration.cycles;
    stopped.push_back(iteration.stopped);
  }
  summary["mean_iterations"] = ratio(static_cast<double>(iterations), inputs);
  summary["stopped_at"] = stopped;
  Json cycles = {{"total", record.total_cycles()},
                 {"mean_per_input", ratio(static_cast<double>(phases.total()), inputs)},
                 {"boot", record.boot_cycles}};
  const Json by_phase = phases_json(phases);
  for (const char* phase : {"load", "fetch", "compute", "score", "finish"}) {
    cycles[phase] = by_phase[phase];
  }
  summary["fabric_cycles"] = cycles;
  summary["dram"] = dram_json(results);
  summary["words_placed"] = record.total_counts().words_placed;
  summary["saturation"] = saturation_json(results);
  summary["counts"] = counts_json(record.total_counts(), record.counted);
  summary["energy_pj"] = energy_json(results.energy, record.total_counts(), record.counted);
  if (!results.multipliers.empty()) {
    add_multipliers(results, summary);
  }
  if (results.image.associative_rows() > 0) {
    summary["associative_memory"] = associative_json(results);
  }
  if (results.host) {
    const double seconds = results.host->seconds;
    summary["host"] = {
        {"seconds", seconds},
        {"simulated_cycles_per_second", ratio(static_cast<double>(record.total_cycles()), seconds)},
        {"inputs_per_second", ratio(inputs, seconds)},
        {"peak_memory_bytes", results.host->peak_memory_bytes}};
  }
  return summary;
}

}  // namespace

nlohmann::ordered_json results_json(const RunResults& results) {
  Json json = Json::object();
  json["schema"] = kResultsSchema;
  json["version"] = AIRNN_VERSION;
  json["config"] = results.config;
  json["image"] = image_json(results);
  json["summary"] = summary_json(results);
  json["iterations"] = iterations_json(results);
  json["layers"] = layers_json(results);
  json["units"] = units_json(results.record);
  if (!results.record.link.empty()) {
    json["interconnect"] = link_json(results.record);
  }
  return json;
}

}  // namespace airnn
