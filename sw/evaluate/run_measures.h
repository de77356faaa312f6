// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sw/evaluate/metric.h"
#include "sw/results/stored_run.h"

namespace airnn {

/// Cycles of an iteration over all inputs that ran it, by the controller's phases.
struct MeasuredCycles {
  double load = 0;
  double fetch = 0;
  double compute = 0;
  double score = 0;
  double finish = 0;

  double total() const { return load + fetch + compute + score + finish; }
};

/// One iteration, over all inputs that ran it.
struct MeasuredIteration {
  double fraction_of_weights = 0;
  double inputs_run = 0;
  double inputs_stopped = 0;
  std::optional<double> accuracy_if_all_stop_here;
  std::optional<double> accuracy_of_stopped;
  MeasuredCycles cycles;
  double energy_pj = 0;
  double index_energy_pj = 0;  ///< of it, what fetching index arrays and tables takes
  double value_energy_pj = 0;  ///< of it, what fetching values takes
};

/// The numbers of a run that comparisons are made of. Boot
/// belongs to no iteration and so to none of them.
class RunMeasures {
 public:
  static RunMeasures of(const StoredRun& run);

  double inputs() const { return inputs_; }
  std::optional<double> accuracy() const { return accuracy_; }
  double mean_iterations() const { return mean_iterations_; }
  const std::vector<MeasuredIteration>& iterations() const { return iterations_; }
  /// Energy of each component over the whole run, boot included (pJ).
  const std::vector<std::pair<std::string, double>>& components() const { return components_; }

  /// Of a machine with elements: energy of the multiplications by weights, of an input; that of an
  /// exact one is 1.
  std::optional<double> multiplication_energy() const { return multiplication_energy_; }
  /// A machine with elements all of which are exact.
  bool is_exact() const { return is_exact_; }

  /// Of a machine with associative memories.
  const std::optional<StoredProducts>& products() const { return products_; }

  /// pJ of an iteration (from 1) over all inputs that ran it.
  double energy_pj(int iteration, Accounting accounting) const;
  /// Cycles likewise.
  double cycles(int iteration, Accounting accounting) const;
  /// One of the two, whichever the accounting and `energy` say.
  double amount(bool energy, int iteration, Accounting accounting) const;
  /// Of all iterations up to this one (0: all), per input of the run.
  double amount_per_input(bool energy, Accounting accounting, int until = 0) const;
  /// Of all iterations up to this one, each per input that ran it.
  double amount_so_far(bool energy, int iteration, Accounting accounting) const;
  /// Share of all inputs that stopped by this iteration and were right.
  std::optional<double> accuracy_so_far(int iteration) const;

 private:
  double inputs_ = 0;
  std::optional<double> accuracy_;
  double mean_iterations_ = 0;
  std::vector<MeasuredIteration> iterations_;
  std::vector<std::pair<std::string, double>> components_;
  std::optional<double> multiplication_energy_;
  bool is_exact_ = false;
  std::optional<StoredProducts> products_;
};

}  // namespace airnn
