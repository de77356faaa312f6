// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/evaluate/sample_points.h"

#include "sw/results/results_json.h"

namespace airnn::test {

using Json = nlohmann::ordered_json;

namespace {

Json no_counts() {
  Json counts = Json::object();
  for (const PricedAction& what : usual_actions()) {
    counts[what.name()] = 0;
  }
  return counts;
}

Json energies(double value_pj, double index_pj, double other_pj) {
  return {{"dram_value_word", value_pj}, {"dram_index_word", index_pj},
          {"dram_table_word", 0},        {"dram_input_word", 0},
          {"multiplication", other_pj},  {"total", value_pj + index_pj + other_pj}};
}

}  // namespace

Json sample_results(const std::vector<SampleIteration>& iterations) {
  Json list = Json::array();
  double right = 0;
  double total_pj = 0;
  for (const SampleIteration& one : iterations) {
    right += static_cast<double>(one.stopped) * one.accuracy_of_stopped;
    total_pj += one.value_pj + one.index_pj + one.other_pj;
    list.push_back(
        {{"fraction_of_weights", one.fraction},
         {"inputs_run", one.inputs_run},
         {"inputs_stopped", one.stopped},
         {"accuracy_if_all_stop_here", 0.5},
         {"accuracy_of_stopped", one.stopped > 0 ? Json(one.accuracy_of_stopped) : Json()},
         {"cycles",
          {{"load", 20},
           {"fetch", one.fetch_cycles},
           {"compute", one.compute_cycles},
           {"score", 10},
           {"finish", 5}}},
         {"counts", no_counts()},
         {"energy_pj", energies(one.value_pj, one.index_pj, one.other_pj)}});
  }
  return {{"schema", kResultsSchema},
          {"version", "0"},
          {"config", Json::object()},
          {"image", {{"network", "a"}, {"scheme", "iterative"}, {"checksum", "00000000"}}},
          {"summary",
           {{"inputs", 10},
            {"accuracy", right / 10},
            {"mean_iterations", 1.5},
            {"fabric_cycles", {{"mean_per_input", 100.0}}},
            {"dram", {{"bytes_read", 6400}}},
            {"saturation", {{"inputs", {{"elements", 0}, {"saturated", 0}}}}},
            {"counts", no_counts()},
            {"energy_pj", energies(0, 0, total_pj)}}},
          {"iterations", list},
          {"layers", Json::array()},
          {"units", Json::object()}};
}

RunMeasures measures_of(const Json& results) {
  return RunMeasures::of(StoredRun::read(results, "results.json"));
}

Settings settings(const std::vector<std::pair<std::string, std::string>>& pairs) {
  Settings settings;
  for (const auto& [key, name] : pairs) {
    settings.push_back({key, name, name});
  }
  return settings;
}

}  // namespace airnn::test
