// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/results.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "hw/control/score/score_margin.h"
#include "hw/sim/config_json.h"
#include "hw/sim/saturation.h"
#include "sw/results/counts_csv.h"
#include "sw/results/counts_json.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

double ratio(double part, double whole) {
  return whole > 0 ? part / whole : 0;
}

Json phases_json(const PhaseCycles& cycles) {
  return {{"load", cycles.load},   {"fetch", cycles.fetch},   {"compute", cycles.compute},
          {"score", cycles.score}, {"finish", cycles.finish}, {"total", cycles.total()}};
}

Json image_json(const RunResults& results) {
  const ImageInfo& info = results.image.info();
  Json clusters = Json::object();
  for (const Layer& layer : results.image.network().layers) {
    if (layer.has_weights()) {
      clusters[layer.name] = layer.clusters;
    }
  }
  return {{"file", results.image_file},
          {"checksum", fmt::format("{:08x}", results.image.checksum())},
          {"network", results.image.network().name},
          {"scheme", to_string(info.scheme)},
          {"iterations", info.iterations},
          {"precision", 8 * info.widths.value_bytes},
          {"index_width", 8 * info.widths.index_bytes},
          {"clusters", clusters}};
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

bool has_ddr3(const RunResults& results) {
  return results.config.accelerator.memory.model == MemoryModel::ddr3;
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
  json.update(has_ddr3(results) ? ddr3_memory_json(counts) : flat_memory_json(counts));
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

Json summary_json(const RunResults& results) {
  const RunRecord& record = results.record;
  const auto inputs = static_cast<double>(record.inputs.size());
  Json summary = Json::object();
  summary["inputs"] = record.inputs.size();
  summary["correct"] = nullptr;
  summary["accuracy"] = nullptr;
  if (!results.labels.empty()) {
    summary["correct"] = std::llround(accuracy(results) * inputs);
    summary["accuracy"] = accuracy(results);
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
  summary["energy_pj"] = energy_json(results.config.energy, record.total_counts(), record.counted);
  summary["host"] = {{"seconds", results.host_seconds},
                     {"simulated_cycles_per_second",
                      ratio(static_cast<double>(record.total_cycles()), results.host_seconds)},
                     {"inputs_per_second", ratio(inputs, results.host_seconds)},
                     {"peak_memory_bytes", results.peak_memory_bytes}};
  return summary;
}

/// The share of inputs that are right if all stop after iteration i (from 0), or null if that is
/// not known.
Json accuracy_if_all_stop(const RunResults& results, std::size_t i) {
  const std::vector<InputRecord>& inputs = results.record.inputs;
  if (results.labels.empty() || inputs.empty()) {
    return nullptr;
  }
  std::uint64_t correct = 0;
  for (std::size_t n = 0; n < inputs.size(); ++n) {
    std::int32_t prediction = -1;
    if (i < inputs[n].predictions.size()) {
      prediction = static_cast<std::int32_t>(inputs[n].predictions[i]);
    } else if (i < results.predictions_if_stopped.size()) {
      prediction = results.predictions_if_stopped[i][n];
    } else {
      return nullptr;
    }
    correct += prediction == results.labels[n] ? 1 : 0;
  }
  return static_cast<double>(correct) / static_cast<double>(inputs.size());
}

/// Of the inputs that stopped after iteration i (from 0), the share that was right.
Json accuracy_of_stopped(const RunResults& results, std::size_t i) {
  std::uint64_t correct = 0;
  std::uint64_t stopped = 0;
  for (std::size_t n = 0; n < results.record.inputs.size(); ++n) {
    const InputRecord& input = results.record.inputs[n];
    if (!results.labels.empty() && input.iterations == i + 1) {
      ++stopped;
      correct += static_cast<std::int32_t>(input.prediction) == results.labels[n] ? 1 : 0;
    }
  }
  return stopped == 0 ? Json(nullptr)
                      : Json(static_cast<double>(correct) / static_cast<double>(stopped));
}

/// Rows that add up to `total` cycles each.
Json units_json(const std::vector<UnitRecord>& units, std::uint64_t total) {
  Json json = Json::object();
  for (const UnitRecord& unit : units) {
    json[unit.name] = {{"working", unit.working},
                       {"waiting_for_input", unit.waiting_for_input},
                       {"waiting_for_credit", unit.waiting_for_credit},
                       {"idle", total - unit.busy()},
                       {"total", total}};
  }
  return json;
}

Json path_json(const RunResults& results, const PathCycles& path) {
  Json json = {{"memory", path.memory},
               {"controller", path.controller},
               {"addresses", path.addresses},
               {"input_buffer", path.input_buffer}};
  for (std::size_t l = 0; l < path.layers.size(); ++l) {
    json[results.image.network().layers[l].name] = path.layers[l];
  }
  json["score"] = path.score;
  return json;
}

Json iterations_json(const RunResults& results) {
  const std::vector<double> fractions = cumulative_fractions(results.image);
  Json list = Json::array();
  for (std::size_t i = 0; i < results.record.iterations.size(); ++i) {
    const IterationRecord& iteration = results.record.iterations[i];
    Json entry = {{"iteration", i + 1},
                  {"fraction_of_weights", fractions[i]},
                  {"inputs_run", iteration.inputs_run},
                  {"inputs_stopped", iteration.stopped},
                  {"accuracy_if_all_stop_here", accuracy_if_all_stop(results, i)},
                  {"accuracy_of_stopped", accuracy_of_stopped(results, i)},
                  {"cycles", phases_json(iteration.cycles)},
                  {"units", units_json(iteration.units, iteration.cycles.total())},
                  {"critical_path", path_json(results, iteration.critical_path)},
                  {"dram_bytes", iteration.counts.dram_bytes()},
                  {"counts", counts_json(iteration.counts, results.record.counted)},
                  {"energy_pj",
                   energy_json(results.config.energy, iteration.counts, results.record.counted)}};
    if (has_ddr3(results)) {
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
    }
  }
  return list;
}

/// Over the whole run, boot included.
Json units_json(const RunRecord& record) {
  std::vector<UnitRecord> units = record.units;
  for (std::size_t i = 0; i < units.size(); ++i) {
    units[i].add(record.boot_units[i]);
  }
  return units_json(units, record.total_cycles());
}

}  // namespace

std::vector<double> cumulative_fractions(const MemoryImage& image) {
  const ImageInfo& info = image.info();
  std::vector<double> fractions;
  if (info.scheme == Scheme::base) {
    return {1.0};
  }
  std::uint64_t sum = 0;
  std::vector<std::uint64_t> sums;
  for (int iteration = 1; iteration <= info.iterations; ++iteration) {
    for (std::uint16_t cluster = 0; cluster < 2; ++cluster) {
      const Section* values = image.find(SectionKind::value, kAllLayers,
                                         static_cast<std::uint16_t>(iteration), cluster);
      sum += values == nullptr ? 0 : values->bytes;
    }
    sums.push_back(sum);
  }
  for (const std::uint64_t part : sums) {
    fractions.push_back(sum == 0 ? 1.0
                                 : ratio(static_cast<double>(part), static_cast<double>(sum)));
  }
  return fractions;
}

double accuracy(const RunResults& results) {
  std::uint64_t correct = 0;
  for (std::size_t n = 0; n < results.record.inputs.size(); ++n) {
    const auto prediction = static_cast<std::int32_t>(results.record.inputs[n].prediction);
    correct += prediction == results.labels[n] ? 1 : 0;
  }
  return ratio(static_cast<double>(correct), static_cast<double>(results.record.inputs.size()));
}

nlohmann::ordered_json results_json(const RunResults& results) {
  Json json = Json::object();
  json["schema"] = 1;
  json["version"] = AIRNN_VERSION;
  json["config"] = config_json(results.config.effective);
  json["image"] = image_json(results);
  json["summary"] = summary_json(results);
  json["iterations"] = iterations_json(results);
  json["layers"] = layers_json(results);
  json["units"] = units_json(results.record);
  return json;
}

std::string energy_text(const EnergyModel& energy, const Counts& counts,
                        const std::vector<PricedAction>& counted) {
  return fmt::format("{:.1f}", energy.total(counts, counted));
}

std::string counts_csv(const RunResults& results) {
  std::vector<InputCounts> inputs;
  for (const InputRecord& input : results.record.inputs) {
    inputs.push_back({results.first_input + inputs.size(), input.counts});
  }
  return counts_csv(inputs, results.record.counted);
}

std::string inputs_csv(const RunResults& results) {
  const std::size_t iterations = results.record.iterations.size();
  const int fraction_bits =
      score_fraction_bits(results.image.network().output_layer().output_format.fraction_bits,
                          results.config.accelerator.score);
  std::string text = "index,label,prediction,iterations";
  for (std::size_t i = 1; i <= iterations; ++i) {
    text += fmt::format(",score_{}", i);
  }
  text += ",cycles,bytes,energy_pj\n";
  for (std::size_t n = 0; n < results.record.inputs.size(); ++n) {
    const InputRecord& input = results.record.inputs[n];
    text += fmt::format("{},", results.first_input + n);
    text += results.labels.empty() ? "" : std::to_string(results.labels[n]);
    text += fmt::format(",{},{}", input.prediction, input.iterations);
    for (std::size_t i = 0; i < iterations; ++i) {
      text += ",";
      if (i < input.scores.size()) {
        text +=
            fmt::format("{:.9f}", std::ldexp(static_cast<double>(input.scores[i]), -fraction_bits));
      }
    }
    text += fmt::format(",{},{},{}\n", input.cycles, input.counts.dram_bytes(),
                        energy_text(results.config.energy, input.counts, results.record.counted));
  }
  return text;
}

}  // namespace airnn
