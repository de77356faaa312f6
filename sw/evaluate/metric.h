// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace airnn {

/// What a number of an evaluation measures; docs/evaluation.md defines each.
enum class Metric {
  // one number per iteration
  fraction_of_weights,
  accuracy_if_all_stop_here,
  accuracy_so_far,
  energy_so_far,
  time_so_far,
  time_so_far_of_iterative,
  stopped_share,
  // one number per iteration, of one layer
  kernels,
  groups,
  speedup,
  // one number for a run
  accuracy,
  mean_iterations,
  energy,
  time,
  time_of_iterative,
  energy_of_sparse,
  time_of_sparse,
  energy_per_input,
  cycles_per_input,
  near_base_iterations,
  near_base_energy,
  near_base_fraction,
  near_base_accuracy,
  multiplication_energy,
  accuracy_lost,
  zero_share,
  hit_rate,
  zero_products_per_input,
  searches_per_input,
  hits_per_input,
  product_energy,
  product_energy_gated,
  // one number for an image
  elbow,
};

/// Name in experiment files and in points.csv.
const char* to_string(Metric metric);
/// In words, without the unit: "energy of an input".
const char* words_of(Metric metric);
/// "nJ", "relative to base = 1"; empty if it has none.
const char* unit_of(Metric metric);
/// Both, for the axis of a plot: "energy of an input (nJ)".
std::string label_of(Metric metric);

/// Which values a metric can have.
struct MetricRange {
  double least = 0;
  std::optional<double> most;
  bool whole = false;  ///< integers only
};
MetricRange range_of(Metric metric);
const std::vector<std::string>& metric_names();
/// Throws UserError unless `name` is one of metric_names().
Metric metric_of(const std::string& name);

bool is_per_iteration(Metric metric);
/// Of one layer; is_per_iteration() too.
bool is_per_layer(Metric metric);
bool is_energy(Metric metric);
bool is_time(Metric metric);
/// Compares with the base accelerator without zeros.
bool is_against_sparse(Metric metric);
/// Compares with the base accelerator that has exact elements.
bool is_against_exact(Metric metric);
/// Of a machine with associative memories beside its multipliers.
bool is_of_associative(Metric metric);

/// What of an energy or of a time is counted, where the paper does not say.
enum class Accounting {
  all,            ///< everything
  without_index,  ///< energy: without what index arrays and interleave tables take
  value_reads,    ///< energy: only reading the weights' values
  fetch_latency,  ///< time: a fetch takes the memory's latency, however much it fetches
  compute_only,   ///< time: only Compute and AwaitDecision
};

/// Cycles of a fetch of which only the latency counts (Table VII).
inline constexpr double kFetchLatencyCycles = 120;

/// Name in experiment files and in points.csv.
const char* to_string(Accounting accounting);
/// In words: "without index arrays".
const char* words_of(Accounting accounting);
/// Those that make a difference to a metric; `all` is the first.
std::vector<Accounting> accountings_of(Metric metric);

}  // namespace airnn
