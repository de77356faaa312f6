// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/metric.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "sw/format/errors.h"
#include "sw/format/shown_text.h"

namespace airnn {

namespace {

enum class Scope { run, iteration, layer };
enum class Quantity { plain, energy, time };

/// A share of something, an amount of at least 0, or a number of things.
enum class Kind { share, amount, count };

struct MetricFacts {
  const char* name;
  const char* words;
  const char* unit;
  Scope scope;
  Quantity quantity;
  Kind kind;
};

constexpr const char* kShareOfInputs = "share of all inputs";
constexpr const char* kShareOfWeights = "share of all weights";
constexpr const char* kOfBase = "relative to base = 1";
constexpr const char* kOfSparse = "relative to base without zeros = 1";
constexpr const char* kOfExact = "relative to exact ones of base = 1";
constexpr const char* kOfEveryProduct = "relative to multiplying all = 1";
constexpr const char* kOfGated = "relative to multiplying all but zeros = 1";
constexpr const char* kOfIterative = "relative to no interleaving = 1";

constexpr std::array<MetricFacts, 33> kFacts = {{
    {"fraction_of_weights", "weights loaded", kShareOfWeights, Scope::iteration, Quantity::plain,
     Kind::share},
    {"accuracy_if_all_stop_here", "accuracy if all inputs stop here", kShareOfInputs,
     Scope::iteration, Quantity::plain, Kind::share},
    {"accuracy_so_far", "accuracy, inputs that go on counted as wrong", kShareOfInputs,
     Scope::iteration, Quantity::plain, Kind::share},
    {"energy_so_far", "energy of an input so far", kOfBase, Scope::iteration, Quantity::energy,
     Kind::amount},
    {"time_so_far", "time of an input so far", kOfBase, Scope::iteration, Quantity::time,
     Kind::amount},
    {"time_so_far_of_iterative", "time of an input so far", kOfIterative, Scope::iteration,
     Quantity::time, Kind::amount},
    {"stopped_share", "inputs that stop", kShareOfInputs, Scope::iteration, Quantity::plain,
     Kind::share},
    {"kernels", "kernels that are not zero", "", Scope::layer, Quantity::plain, Kind::count},
    {"groups", "groups of kernels", "", Scope::layer, Quantity::plain, Kind::count},
    {"speedup", "kernels per group", "", Scope::layer, Quantity::plain, Kind::amount},
    {"accuracy", "accuracy", kShareOfInputs, Scope::run, Quantity::plain, Kind::share},
    {"mean_iterations", "iterations of an input", "mean", Scope::run, Quantity::plain,
     Kind::amount},
    {"energy", "energy of an input", kOfBase, Scope::run, Quantity::energy, Kind::amount},
    {"time", "time of an input", kOfBase, Scope::run, Quantity::time, Kind::amount},
    {"time_of_iterative", "time of an input", kOfIterative, Scope::run, Quantity::time,
     Kind::amount},
    {"energy_of_sparse", "energy of an input", kOfSparse, Scope::run, Quantity::energy,
     Kind::amount},
    {"time_of_sparse", "time of an input", kOfSparse, Scope::run, Quantity::time, Kind::amount},
    {"energy_per_input", "energy of an input", "nJ", Scope::run, Quantity::energy, Kind::amount},
    {"cycles_per_input", "time of an input", "cycles", Scope::run, Quantity::time, Kind::amount},
    {"near_base_iterations", "iterations to within 3 % of the base's accuracy", "", Scope::run,
     Quantity::plain, Kind::count},
    {"near_base_energy", "energy to within 3 % of the base's accuracy", kOfBase, Scope::run,
     Quantity::energy, Kind::amount},
    {"near_base_fraction", "weights loaded to within 3 % of the base's accuracy", kShareOfWeights,
     Scope::run, Quantity::plain, Kind::share},
    {"near_base_accuracy", "accuracy when within 3 % of the base's", kShareOfInputs, Scope::run,
     Quantity::plain, Kind::share},
    {"multiplication_energy", "energy of an input's multiplications", kOfExact, Scope::run,
     Quantity::plain, Kind::amount},
    {"accuracy_lost", "accuracy lost against base with exact multipliers", kShareOfInputs,
     Scope::run, Quantity::plain, Kind::share},
    {"zero_share", "products of activations that are zero", "share of all products", Scope::run,
     Quantity::plain, Kind::share},
    {"hit_rate", "searches that hit", "share of all searches", Scope::run, Quantity::plain,
     Kind::share},
    {"zero_products_per_input", "products of zeros, of an input", "", Scope::run, Quantity::plain,
     Kind::amount},
    {"searches_per_input", "searches of an input", "", Scope::run, Quantity::plain, Kind::amount},
    {"hits_per_input", "hits of an input", "", Scope::run, Quantity::plain, Kind::amount},
    {"product_energy", "energy of an input's products", kOfEveryProduct, Scope::run,
     Quantity::plain, Kind::amount},
    {"product_energy_gated", "energy of an input's products", kOfGated, Scope::run, Quantity::plain,
     Kind::amount},
    {"elbow", "clusters at the elbow", "", Scope::run, Quantity::plain, Kind::count},
}};

const MetricFacts& facts(Metric metric) {
  return kFacts.at(static_cast<std::size_t>(metric));
}

}  // namespace

const char* to_string(Metric metric) {
  return facts(metric).name;
}

const char* words_of(Metric metric) {
  return facts(metric).words;
}

const char* unit_of(Metric metric) {
  return facts(metric).unit;
}

std::string label_of(Metric metric) {
  const std::string unit = unit_of(metric);
  return words_of(metric) + (unit.empty() ? "" : " (" + unit + ")");
}

MetricRange range_of(Metric metric) {
  const Kind kind = facts(metric).kind;
  return {0, kind == Kind::share ? std::optional<double>(1) : std::nullopt, kind == Kind::count};
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
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    throw UserError("'" + shown(name) + "' is no metric; expected one of docs/evaluation.md");
  }
  return static_cast<Metric>(found - names.begin());
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

bool is_against_sparse(Metric metric) {
  return metric == Metric::energy_of_sparse || metric == Metric::time_of_sparse;
}

bool is_against_exact(Metric metric) {
  return metric == Metric::multiplication_energy || metric == Metric::accuracy_lost;
}

bool is_of_associative(Metric metric) {
  return metric >= Metric::zero_share && metric <= Metric::product_energy_gated;
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

const char* words_of(Accounting accounting) {
  switch (accounting) {
    case Accounting::all:
      return "everything";
    case Accounting::without_index:
      return "without index arrays";
    case Accounting::value_reads:
      return "only reading values";
    case Accounting::fetch_latency:
      return "fetches by their latency";
    case Accounting::compute_only:
      return "only computing";
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
