// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/metric.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace airnn {

namespace {

enum class Scope { run, iteration, layer };
enum class Quantity { plain, energy, time };

struct MetricFacts {
  const char* name;
  const char* label;
  Scope scope;
  Quantity quantity;
};

constexpr std::array<MetricFacts, 22> kFacts = {{
    {"fraction_of_weights", "fraction of the weights", Scope::iteration, Quantity::plain},
    {"accuracy_if_all_stop_here", "accuracy if all inputs stop here", Scope::iteration,
     Quantity::plain},
    {"accuracy_so_far", "accuracy, inputs that go on counted as wrong", Scope::iteration,
     Quantity::plain},
    {"energy_so_far", "cumulative energy of an input, base = 1", Scope::iteration,
     Quantity::energy},
    {"time_so_far", "cumulative time of an input, base = 1", Scope::iteration, Quantity::time},
    {"time_so_far_of_iterative", "cumulative time of an input, without interleaving = 1",
     Scope::iteration, Quantity::time},
    {"stopped_share", "share of the inputs that stop", Scope::iteration, Quantity::plain},
    {"kernels", "kernels that are not zero", Scope::layer, Quantity::plain},
    {"groups", "groups of kernels", Scope::layer, Quantity::plain},
    {"speedup", "kernels per group", Scope::layer, Quantity::plain},
    {"accuracy", "accuracy", Scope::run, Quantity::plain},
    {"mean_iterations", "iterations per input", Scope::run, Quantity::plain},
    {"energy", "energy of an input, base = 1", Scope::run, Quantity::energy},
    {"time", "time of an input, base = 1", Scope::run, Quantity::time},
    {"time_of_iterative", "time of an input, without interleaving = 1", Scope::run, Quantity::time},
    {"energy_per_input", "energy of an input (nJ)", Scope::run, Quantity::energy},
    {"cycles_per_input", "cycles of an input", Scope::run, Quantity::time},
    {"near_base_iterations", "iterations to within 3 % of the base's accuracy", Scope::run,
     Quantity::plain},
    {"near_base_energy", "energy of an input until then, base = 1", Scope::run, Quantity::energy},
    {"near_base_fraction", "fraction of the weights by then", Scope::run, Quantity::plain},
    {"near_base_accuracy", "accuracy by then", Scope::run, Quantity::plain},
    {"elbow", "clusters at the elbow", Scope::run, Quantity::plain},
}};

const MetricFacts& facts(Metric metric) {
  return kFacts.at(static_cast<std::size_t>(metric));
}

}  // namespace

const char* to_string(Metric metric) {
  return facts(metric).name;
}

const char* label_of(Metric metric) {
  return facts(metric).label;
}

const std::vector<std::string>& metric_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const MetricFacts& metric : kFacts) {
      all.emplace_back(metric.name);
    }
    return all;
  }();
  return names;
}

Metric metric_of(const std::string& name) {
  const std::vector<std::string>& names = metric_names();
  return static_cast<Metric>(std::find(names.begin(), names.end(), name) - names.begin());
}

bool is_per_iteration(Metric metric) {
  return facts(metric).scope != Scope::run;
}

bool is_per_layer(Metric metric) {
  return facts(metric).scope == Scope::layer;
}

bool is_energy(Metric metric) {
  return facts(metric).quantity == Quantity::energy;
}

bool is_time(Metric metric) {
  return facts(metric).quantity == Quantity::time;
}

const char* to_string(Accounting accounting) {
  switch (accounting) {
    case Accounting::all:
      return "all";
    case Accounting::without_index:
      return "without_index";
    case Accounting::value_reads:
      return "value_reads";
    case Accounting::fetch_latency:
      return "fetch_latency";
    case Accounting::compute_only:
      return "compute_only";
  }
  return "unknown";
}

std::vector<Accounting> accountings_of(Metric metric) {
  if (is_energy(metric)) {
    return {Accounting::all, Accounting::without_index, Accounting::value_reads};
  }
  if (is_time(metric)) {
    return {Accounting::all, Accounting::fetch_latency, Accounting::compute_only};
  }
  return {Accounting::all};
}

}  // namespace airnn
