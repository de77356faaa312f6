// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/reprice.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hw/sim/config_json.h"
#include "hw/sim/run_config.h"
#include "sw/format/errors.h"
#include "sw/results/associative_json.h"
#include "sw/results/counts_json.h"
#include "sw/results/inputs_csv.h"
#include "sw/results/json_text.h"
#include "sw/results/stored_run.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

/// What all inputs did is what the iterations did; else files of several runs are mixed up.
bool add_up(const StoredRun& run, const std::vector<InputCounts>& inputs) {
  Counts iterations;
  for (const StoredIteration& iteration : run.iterations) {
    iterations += iteration.counts;
  }
  Counts sum;
  for (const InputCounts& input : inputs) {
    sum += input.counts;
  }
  return run.inputs == inputs.size() &&
         std::all_of(run.counted.begin(), run.counted.end(),
                     [&](const PricedAction& what) { return sum[what] == iterations[what]; });
}

/// Of the multipliers that the run had.
RelativeEnergies relative_energies(const StoredRun& run) {
  RelativeEnergies relative;
  for (const StoredMultiplier& multiplier : run.multipliers) {
    relative[multiplier.type] = multiplier.relative_energy;
  }
  return relative;
}

/// The document with other prices; everything else stays as it is written there.
Json repriced(Json document, const StoredRun& run, const EnergyConfig& energy) {
  document["config"]["energy"] = config_json(energy.effective);
  document["summary"]["energy_pj"] = energy_json(energy.model, run.counts, run.counted);
  if (run.products) {
    document["summary"]["associative_memory"].update(
        product_energy_json(energy.model, run.counts, run.products->ends));
  }
  for (std::size_t i = 0; i < run.iterations.size(); ++i) {
    document["iterations"][i]["energy_pj"] =
        energy_json(energy.model, run.iterations[i].counts, run.counted);
  }
  return document;
}

}  // namespace

RunFiles reprice(const RunFiles& files, const std::string& folder, const std::string& table_path,
                 const RunTables& tables) {
  const std::string json_name = folder + "/results.json";
  const std::string counts_name = folder + "/counts.csv";
  const Json document = results_document(files.results_json, json_name);
  const StoredRun run = StoredRun::read(document, json_name);
  if (!run.config.contains("memory") || !run.config.contains("energy")) {
    throw UserError(json_name + ": /config: expected keys \"memory\" and \"energy\"");
  }
  const EnergyConfig energy = read_energy_config(table_path, run.config["memory"].dump(), json_name,
                                                 run.counted, relative_energies(run), tables);
  const std::vector<InputCounts> inputs =
      parse_counts_csv(files.counts_csv, counts_name, run.counted);
  if (!add_up(run, inputs)) {
    throw UserError(counts_name + ": its counts are not those of " + json_name);
  }
  return {
      json_text(repriced(document, run, energy)),
      inputs_csv_with(files.inputs_csv, folder + "/inputs.csv", inputs, energy.model, run.counted),
      files.counts_csv};
}

}  // namespace airnn
