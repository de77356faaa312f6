// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/reprice.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "hw/sim/config_json.h"
#include "hw/sim/results.h"
#include "sw/format/errors.h"
#include "sw/results/counts_csv.h"
#include "sw/results/counts_json.h"
#include "sw/results/csv_lines.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

/// What the machine counted, by what its results have.
std::vector<PricedAction> counted_in(const Json& results, bool has_dram) {
  std::vector<PricedAction> more = has_dram ? channel_actions() : std::vector<PricedAction>();
  for (const auto& item : results.at("summary").at("counts").items()) {
    if (const std::optional<PricedAction> what = priced_action(item.key())) {
      more.push_back(*what);
    }
  }
  return usual_actions_and(std::move(more));
}

Counts counts_of(const Json& entry, const std::vector<PricedAction>& counted, bool has_dram) {
  Counts counts;
  read_counts(entry.at("counts"), counted, counts);
  if (has_dram) {
    read_dram_counts(entry.at("dram"), counts);
  }
  return counts;
}

/// What the boot and all inputs did is what the run did; else files of several runs are mixed up.
bool add_up(const Json& results, const std::vector<InputCounts>& inputs,
            const std::vector<PricedAction>& counted, bool has_dram) {
  Counts iterations;
  for (const Json& iteration : results.at("iterations")) {
    iterations += counts_of(iteration, counted, has_dram);
  }
  Counts sum;
  for (const InputCounts& input : inputs) {
    sum += input.counts;
  }
  return std::all_of(counted.begin(), counted.end(),
                     [&](const PricedAction& what) { return sum[what] == iterations[what]; }) &&
         results.at("summary").at("inputs") == inputs.size();
}

Json repriced(Json results, const EnergyConfig& energy, const std::vector<PricedAction>& counted,
              bool has_dram) {
  results.at("config").at("energy") = config_json(energy.effective);
  Json& summary = results.at("summary");
  summary.at("energy_pj") =
      energy_json(energy.model, counts_of(summary, counted, has_dram), counted);
  for (Json& iteration : results.at("iterations")) {
    iteration.at("energy_pj") =
        energy_json(energy.model, counts_of(iteration, counted, has_dram), counted);
  }
  return results;
}

/// Energy is the last column.
std::string repriced(const std::string& inputs_csv, const std::string& name,
                     const std::vector<InputCounts>& inputs, const EnergyModel& energy,
                     const std::vector<PricedAction>& counted) {
  const std::vector<std::string> lines = csv_lines(inputs_csv);
  if (lines.size() != inputs.size() + 1) {
    throw UserError(fmt::format("{}: expected {} inputs, as in counts.csv", name, inputs.size()));
  }
  std::string text = lines.front() + "\n";
  const std::size_t columns = csv_values(lines.front()).size();
  for (std::size_t n = 0; n < inputs.size(); ++n) {
    const std::string& line = lines[n + 1];
    const std::vector<std::string> values = csv_values(line);
    if (values.size() != columns || values.front() != std::to_string(inputs[n].index)) {
      throw UserError(fmt::format("{}:{}: expected input {} with {} values", name, n + 2,
                                  inputs[n].index, columns));
    }
    text +=
        line.substr(0, line.rfind(',') + 1) + energy_text(energy, inputs[n].counts, counted) + "\n";
  }
  return text;
}

}  // namespace

RepricedRun reprice(const RunFiles& files, const std::string& folder,
                    const std::string& table_path) {
  const std::string json_name = folder + "/results.json";
  const std::string counts_name = folder + "/counts.csv";
  try {
    const Json results = Json::parse(files.results_json);
    const Json& memory = results.at("config").at("memory");
    const bool has_dram = memory.at("model") == "ddr3";
    const std::vector<PricedAction> counted = counted_in(results, has_dram);
    const EnergyConfig energy = read_energy_config(table_path, memory.dump(), json_name, counted);
    const std::vector<InputCounts> inputs =
        parse_counts_csv(files.counts_csv, counts_name, counted);
    if (!add_up(results, inputs, counted, has_dram)) {
      throw UserError(counts_name + ": its counts are not those of " + json_name);
    }
    return {repriced(results, energy, counted, has_dram),
            repriced(files.inputs_csv, folder + "/inputs.csv", inputs, energy.model, counted)};
  } catch (const Json::exception& error) {
    throw UserError(json_name + ": no results of 'airnn simulate': " + error.what());
  }
}

}  // namespace airnn
