// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/run_measures.h"

#include <nlohmann/json.hpp>

#include "sw/format/errors.h"

namespace airnn {

namespace {

std::optional<double> number_or_null(const nlohmann::json& value) {
  return value.is_null() ? std::nullopt : std::optional<double>(value.get<double>());
}

MeasuredCycles cycles_from(const nlohmann::json& json) {
  return {json.at("load"), json.at("fetch"), json.at("compute"), json.at("score"),
          json.at("finish")};
}

/// What fetching the words of some kinds takes. A table of words prices them; currents price the
/// commands, whose energy goes by the share of words. Background and refresh belong to none of
/// them.
double fetch_energy(const nlohmann::json& iteration, const std::vector<const char*>& kinds) {
  const nlohmann::json& energy = iteration.at("energy_pj");
  const nlohmann::json& counts = iteration.at("counts");
  if (!energy.contains("dram_read")) {
    double sum = 0;
    for (const char* kind : kinds) {
      sum += energy.at(kind).get<double>();
    }
    return sum;
  }
  double all = 0;
  for (const char* kind :
       {"dram_value_word", "dram_index_word", "dram_table_word", "dram_input_word"}) {
    all += counts.at(kind).get<double>();
  }
  double words = 0;
  for (const char* kind : kinds) {
    words += counts.at(kind).get<double>();
  }
  const double commands =
      energy.at("dram_read").get<double>() + energy.at("dram_activate").get<double>();
  return all > 0 ? commands * words / all : 0;
}

MeasuredIteration iteration_from(const nlohmann::json& json) {
  MeasuredIteration iteration;
  json.at("fraction_of_weights").get_to(iteration.fraction_of_weights);
  json.at("inputs_run").get_to(iteration.inputs_run);
  json.at("inputs_stopped").get_to(iteration.inputs_stopped);
  iteration.accuracy_if_all_stop_here = number_or_null(json.at("accuracy_if_all_stop_here"));
  iteration.accuracy_of_stopped = number_or_null(json.at("accuracy_of_stopped"));
  iteration.cycles = cycles_from(json.at("cycles"));
  json.at("energy_pj").at("total").get_to(iteration.energy_pj);
  iteration.index_energy_pj = fetch_energy(json, {"dram_index_word", "dram_table_word"});
  iteration.value_energy_pj = fetch_energy(json, {"dram_value_word"});
  return iteration;
}

}  // namespace

RunMeasures RunMeasures::read(const nlohmann::json& results, const std::string& origin) {
  try {
    RunMeasures measures;
    const nlohmann::json& summary = results.at("summary");
    summary.at("inputs").get_to(measures.inputs_);
    measures.accuracy_ = number_or_null(summary.at("accuracy"));
    summary.at("mean_iterations").get_to(measures.mean_iterations_);
    for (const nlohmann::json& iteration : results.at("iterations")) {
      measures.iterations_.push_back(iteration_from(iteration));
    }
    for (const auto& [component, energy] : summary.at("energy_pj").items()) {
      if (component != "total") {
        measures.components_.emplace_back(component, energy.get<double>());
      }
    }
    return measures;
  } catch (const nlohmann::json::exception& error) {
    throw UserError(origin + ": not the results of a run: " + error.what());
  }
}

double RunMeasures::energy_pj(int iteration, Accounting accounting) const {
  const MeasuredIteration& of = iterations_.at(static_cast<std::size_t>(iteration - 1));
  switch (accounting) {
    case Accounting::without_index:
      return of.energy_pj - of.index_energy_pj;
    case Accounting::value_reads:
      return of.value_energy_pj;
    default:
      return of.energy_pj;
  }
}

double RunMeasures::cycles(int iteration, Accounting accounting) const {
  const MeasuredIteration& of = iterations_.at(static_cast<std::size_t>(iteration - 1));
  const double computing = of.cycles.compute + of.cycles.score;
  switch (accounting) {
    case Accounting::fetch_latency:
      return computing + kFetchLatencyCycles * of.inputs_run;
    case Accounting::compute_only:
      return computing;
    default:
      return of.cycles.total();
  }
}

double RunMeasures::amount(bool energy, int iteration, Accounting accounting) const {
  return energy ? energy_pj(iteration, accounting) : cycles(iteration, accounting);
}

double RunMeasures::amount_per_input(bool energy, Accounting accounting, int until) const {
  const int last = until == 0 ? static_cast<int>(iterations_.size()) : until;
  double sum = 0;
  for (int i = 1; i <= last; ++i) {
    sum += amount(energy, i, accounting);
  }
  return inputs_ > 0 ? sum / inputs_ : 0;
}

double RunMeasures::amount_so_far(bool energy, int iteration, Accounting accounting) const {
  double sum = 0;
  for (int i = 1; i <= iteration; ++i) {
    const double run = iterations_.at(static_cast<std::size_t>(i - 1)).inputs_run;
    sum += run > 0 ? amount(energy, i, accounting) / run : 0;
  }
  return sum;
}

std::optional<double> RunMeasures::accuracy_so_far(int iteration) const {
  if (!accuracy_) {
    return std::nullopt;
  }
  double right = 0;
  for (int i = 0; i < iteration; ++i) {
    const MeasuredIteration& of = iterations_.at(static_cast<std::size_t>(i));
    right += of.inputs_stopped * of.accuracy_of_stopped.value_or(0);
  }
  return inputs_ > 0 ? right / inputs_ : 0;
}

}  // namespace airnn
