// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/evaluate/sample_points.h"

namespace airnn::test {

using Json = nlohmann::json;

Json sample_results(const std::vector<SampleIteration>& iterations) {
  Json list = Json::array();
  double right = 0;
  double total_pj = 0;
  for (const SampleIteration& one : iterations) {
    const double energy = one.value_pj + one.index_pj + one.other_pj;
    right += one.stopped * one.accuracy_of_stopped;
    total_pj += energy;
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
         {"counts", Json::object()},
         {"energy_pj",
          {{"dram_value_word", one.value_pj},
           {"dram_index_word", one.index_pj},
           {"dram_table_word", 0},
           {"multiplication", one.other_pj},
           {"total", energy}}}});
  }
  return {{"summary",
           {{"inputs", 10},
            {"accuracy", right / 10},
            {"mean_iterations", 1.5},
            {"energy_pj", {{"multiplication", total_pj}, {"total", total_pj}}}}},
          {"iterations", list}};
}

Settings settings(const std::vector<std::pair<std::string, std::string>>& pairs) {
  Settings settings;
  for (const auto& [key, name] : pairs) {
    settings.push_back({key, name, name});
  }
  return settings;
}

}  // namespace airnn::test
