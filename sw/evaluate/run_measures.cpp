// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/run_measures.h"

namespace airnn {

namespace {

/// What fetching the words of some kinds takes. A table of words prices them; currents price the
/// commands, whose energy goes by the share of words. Background and refresh belong to none of
/// them.
double fetch_energy(const StoredIteration& iteration, const std::vector<Action>& kinds) {
  const StoredEnergy& energy = iteration.energy;
  const std::optional<double> reading = energy.of("dram_read");
  double sum = 0;
  if (!reading) {
    for (const Action kind : kinds) {
      sum += energy.of(to_string(kind)).value_or(0);
    }
    return sum;
  }
  double all = 0;
  for (const Action kind : {Action::dram_value_word, Action::dram_index_word,
                            Action::dram_table_word, Action::dram_input_word}) {
    all += static_cast<double>(iteration.counts[kind]);
  }
  for (const Action kind : kinds) {
    sum += static_cast<double>(iteration.counts[kind]);
  }
  const double commands = *reading + energy.of("dram_activate").value_or(0);
  return all > 0 ? commands * sum / all : 0;
}

MeasuredIteration measured(const StoredIteration& stored) {
  const auto number = [](std::uint64_t count) { return static_cast<double>(count); };
  MeasuredIteration iteration;
  iteration.fraction_of_weights = stored.fraction_of_weights;
  iteration.inputs_run = number(stored.inputs_run);
  iteration.inputs_stopped = number(stored.inputs_stopped);
  iteration.accuracy_if_all_stop_here = stored.accuracy_if_all_stop_here;
  iteration.accuracy_of_stopped = stored.accuracy_of_stopped;
  iteration.cycles = {number(stored.cycles.load), number(stored.cycles.fetch),
                      number(stored.cycles.compute), number(stored.cycles.score),
                      number(stored.cycles.finish)};
  iteration.energy_pj = stored.energy.total;
  iteration.index_energy_pj =
      fetch_energy(stored, {Action::dram_index_word, Action::dram_table_word});
  iteration.value_energy_pj = fetch_energy(stored, {Action::dram_value_word});
  return iteration;
}

/// The name of multipliers whose products and price are those of exact ones.
constexpr const char* kExact = "exact";

}  // namespace

RunMeasures RunMeasures::of(const StoredRun& run) {
  RunMeasures measures;
  measures.inputs_ = static_cast<double>(run.inputs);
  measures.accuracy_ = run.accuracy;
  measures.mean_iterations_ = run.mean_iterations;
  for (const StoredIteration& iteration : run.iterations) {
    measures.iterations_.push_back(measured(iteration));
  }
  measures.components_ = run.energy.components;
  measures.products_ = run.products;
  if (run.relative_multiplication_energy && run.inputs > 0) {
    double energy = 0;
    measures.is_exact_ = true;
    for (const StoredMultiplier& multiplier : run.multipliers) {
      energy += static_cast<double>(multiplier.multiplications) * multiplier.relative_energy;
      measures.is_exact_ = measures.is_exact_ && multiplier.type == kExact;
    }
    measures.multiplication_energy_ = energy / measures.inputs_;
  }
  return measures;
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
