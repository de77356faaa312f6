// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/plot_reader.h"

#include <algorithm>
#include <string>
#include <vector>

#include "sw/config/nearest_name.h"
#include "sw/evaluate/metric.h"
#include "sw/evaluate/metric_key.h"

namespace airnn {

namespace {

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// A metric of a run, or, for plots `against`, a key of the matrix.
std::string x_axis(const ConfigReader& reader, const std::string& kind,
                   const PointSelection& points) {
  const std::string x = reader.required_string("x");
  std::vector<std::string> choices;
  for (const std::string& name : metric_names()) {
    if (!is_per_iteration(metric_of(name))) {
      choices.push_back(name);
    }
  }
  if (kind == "against") {
    for (const std::string& key : points.keys()) {
      choices.push_back(key);
    }
  }
  if (!has(choices, x)) {
    reader.fail("x", std::string("expected a metric of a whole run") +
                         (kind == "against" ? " or a key of the matrix" : "") + ", found '" + x +
                         "'" + did_you_mean(x, choices));
  }
  return x;
}

void check_accounting(const ConfigReader& reader, const PlotSpec& plot) {
  std::vector<std::string> counted{to_string(Accounting::all)};
  for (const std::string& axis : {plot.x, plot.y}) {
    if (has(metric_names(), axis)) {
      for (const Accounting accounting : accountings_of(metric_of(axis))) {
        counted.emplace_back(to_string(accounting));
      }
    }
  }
  if (!has(counted, plot.accounting)) {
    reader.fail("accounting", "no metric of this plot is counted so");
  }
}

}  // namespace

PlotSpec read_plot(const ConfigReader& reader, const PointSelection& points) {
  PlotSpec plot;
  plot.title = reader.required_string("title");
  std::vector<NamedValue<std::string>> kinds;
  for (const char* kind :
       {"per_iteration", "against", "front", "distribution", "cycles", "elbow"}) {
    kinds.push_back({kind, kind});
  }
  plot.kind = reader.required_enum<std::string>("kind", kinds);
  if (plot.kind == "against" || plot.kind == "front") {
    plot.x = x_axis(reader, plot.kind, points);
  }
  if (plot.kind == "against" || plot.kind == "front" || plot.kind == "per_iteration") {
    plot.y = required_metric(reader, "y");
    const Metric y = metric_of(plot.y);
    if (is_per_layer(y) || is_per_iteration(y) != (plot.kind == "per_iteration")) {
      reader.fail("y", plot.kind == "per_iteration" ? "expected a metric that each iteration has"
                                                    : "expected a metric of a whole run");
    }
  }
  std::vector<NamedValue<std::string>> accountings;
  for (const Accounting accounting :
       {Accounting::all, Accounting::without_index, Accounting::value_reads,
        Accounting::fetch_latency, Accounting::compute_only}) {
    accountings.push_back({to_string(accounting), to_string(accounting)});
  }
  plot.accounting = reader.enum_or<std::string>("accounting", "all", accountings);
  check_accounting(reader, plot);
  plot.where = points.where(reader, false);
  return plot;
}

}  // namespace airnn
