// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/plots.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sw/config/scalar_parser.h"
#include "sw/evaluate/metric.h"
#include "sw/evaluate/plot_document.h"
#include "sw/evaluate/published_series.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

Accounting accounting_of(const PlotSpec& plot, Metric metric) {
  for (const Accounting accounting : accountings_of(metric)) {
    if (plot.accounting == to_string(accounting)) {
      return accounting;
    }
  }
  return Accounting::all;
}

/// More series would be hard to tell apart.
constexpr std::size_t kMostSeries = 8;

bool is_metric(const std::string& name) {
  const std::vector<std::string>& names = metric_names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

Json per_iteration(const PlotSpec& plot, const Experiment& experiment, const MeasuredPoints& points,
                   const PlotNames& names) {
  const Metric metric = metric_of(plot.y);
  const Accounting accounting = accounting_of(plot, metric);
  Json series = Json::array();
  for (const PointMeasures* point : points) {
    const std::string label = names.label(*point);
    Json data = Json::array();
    for (int i = 1; i <= point->iterations(); ++i) {
      if (const auto value = point->value(metric, accounting, i)) {
        data.push_back({{"x", i}, {"y", *value}, {"note", names.note(*point, label)}});
      }
    }
    if (!data.empty()) {
      series.push_back(series_json(label, "ours", data));
    }
  }
  for (const Json& published : published_series(plot, experiment, points, names)) {
    series.push_back(published);
  }
  return plot_document(plot, "line", iteration_axis(series), metric_axis(metric), series);
}

/// x is a key (its number where it is one) or a metric; a line per combination of the other keys.
Json against(const PlotSpec& plot, const MeasuredPoints& points, const PlotNames& names) {
  const Metric metric = metric_of(plot.y);
  std::vector<std::string> keys = names.in_plot;
  keys.erase(std::remove(keys.begin(), keys.end(), plot.x), keys.end());
  const bool x_is_metric = is_metric(plot.x);
  const bool category = !x_is_metric && std::any_of(points.begin(), points.end(), [&](auto* point) {
    const std::string name = name_of(point->point->settings, plot.x);
    return !name.empty() && !parse_real(name);
  });
  std::vector<std::pair<std::string, Json>> lines;
  bool whole = true;
  for (const PointMeasures* point : points) {
    const auto y = point->value(metric, accounting_of(plot, metric));
    const std::string name = name_of(point->point->settings, plot.x);
    std::optional<double> x;
    if (x_is_metric) {
      const Metric across = metric_of(plot.x);
      x = point->value(across, accounting_of(plot, across));
    } else if (!category) {
      x = parse_real(name);
    }
    if (!y || (category ? name.empty() : !x)) {
      continue;
    }
    whole = whole && x && std::trunc(*x) == *x;
    const std::string label = point_name(*point, keys);
    auto line = std::find_if(lines.begin(), lines.end(),
                             [&](const auto& known) { return known.first == label; });
    if (line == lines.end()) {
      line = lines.insert(line, {label, Json::array()});
    }
    line->second.push_back(
        {{"x", category ? Json(name) : Json(*x)}, {"y", *y}, {"note", names.note(*point, label)}});
  }
  Json series = Json::array();
  for (auto& [label, data] : lines) {
    if (!category) {
      std::stable_sort(data.begin(), data.end(), [](const Json& a, const Json& b) {
        return a.at("x").get<double>() < b.at("x").get<double>();
      });
    }
    series.push_back(series_json(label, "ours", data));
  }
  const std::string label = key_words(plot.x);
  const Json key_axis = category ? category_axis(label)
                                 : Json({{"label", label}, {"type", "number"}, {"whole", whole}});
  return plot_document(plot, category ? "bar" : "line",
                       x_is_metric ? metric_axis(metric_of(plot.x)) : key_axis, metric_axis(metric),
                       series);
}

/// A name for each point's group: its own where there are few, else that of the first key which
/// makes few groups.
std::vector<std::string> groups_of(const MeasuredPoints& points, const PlotNames& names) {
  const auto grouped_by = [&](const std::vector<std::string>& keys) {
    std::vector<std::string> groups;
    for (const PointMeasures* point : points) {
      groups.push_back(point_name(*point, keys));
    }
    return groups;
  };
  if (points.size() <= kMostSeries) {
    return grouped_by(names.in_plot);
  }
  for (const std::string& key : names.in_plot) {
    std::vector<std::string> groups = grouped_by({key});
    if (std::set<std::string>(groups.begin(), groups.end()).size() <= kMostSeries) {
      return groups;
    }
  }
  return std::vector<std::string>(points.size(), "points");
}

/// All points, and those that no other point beats in both: less of x, more of y.
Json front(const PlotSpec& plot, const MeasuredPoints& points, const PlotNames& names) {
  const Metric across = metric_of(plot.x);
  const Metric up = metric_of(plot.y);
  struct Spot {
    double x;
    double y;
    Json json;
  };
  std::vector<Spot> spots;
  std::vector<std::pair<std::string, Json>> all;
  const std::vector<std::string> groups = groups_of(points, names);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto x = points[i]->value(across, accounting_of(plot, across));
    const auto y = points[i]->value(up, accounting_of(plot, up));
    if (x && y) {
      spots.push_back({*x, *y, {{"x", *x}, {"y", *y}, {"note", names.note(*points[i], "")}}});
      auto group = std::find_if(all.begin(), all.end(),
                                [&](const auto& known) { return known.first == groups[i]; });
      group = group != all.end() ? group : all.insert(group, {groups[i], Json::array()});
      group->second.push_back({{"x", *x}, {"y", *y}, {"note", names.note(*points[i], groups[i])}});
    }
  }
  std::stable_sort(spots.begin(), spots.end(),
                   [](const Spot& a, const Spot& b) { return a.x != b.x ? a.x < b.x : a.y > b.y; });
  Json best = Json::array();
  std::optional<double> highest;
  for (const Spot& spot : spots) {
    if (!highest || spot.y > *highest) {
      highest = spot.y;
      best.push_back(spot.json);
    }
  }
  Json series = Json::array();
  for (auto& [label, data] : all) {
    series.push_back(series_json(label, "ours", std::move(data)));
  }
  series.push_back(series_json("Pareto front", "front", best));
  return plot_document(plot, "scatter", metric_axis(across), metric_axis(up), series);
}

Json distribution(const PlotSpec& plot, const MeasuredPoints& points, const PlotNames& names) {
  Json series = Json::array();
  for (const PointMeasures* point : points) {
    if (!point->run) {
      continue;
    }
    const std::string label = names.label(*point);
    Json data = Json::array();
    for (int i = 1; i <= static_cast<int>(point->run->iterations().size()); ++i) {
      const auto share = point->value(Metric::stopped_share, Accounting::all, i);
      data.push_back({{"x", std::to_string(i)},
                      {"y", share.value_or(0)},
                      {"note", names.note(*point, label)}});
    }
    series.push_back(series_json(label, "ours", data));
  }
  return plot_document(plot, "bar", category_axis("iteration"), metric_axis(Metric::stopped_share),
                       series);
}

Json cycles(const PlotSpec& plot, const MeasuredPoints& points, const PlotNames& names) {
  static constexpr std::array<std::pair<const char*, double MeasuredCycles::*>, 5> kPhases = {
      {{"load", &MeasuredCycles::load},
       {"fetch", &MeasuredCycles::fetch},
       {"compute", &MeasuredCycles::compute},
       {"score", &MeasuredCycles::score},
       {"finish", &MeasuredCycles::finish}}};
  Json series = Json::array();
  for (const auto& [name, phase] : kPhases) {
    Json data = Json::array();
    for (const PointMeasures* point : points) {
      if (!point->run || point->run->inputs() == 0) {
        continue;
      }
      const std::string label = names.label(*point);
      double sum = 0;
      for (const MeasuredIteration& iteration : point->run->iterations()) {
        sum += iteration.cycles.*phase;
      }
      data.push_back(
          {{"x", label}, {"y", sum / point->run->inputs()}, {"note", names.note(*point, label)}});
    }
    series.push_back(series_json(name, "ours", data));
  }
  return plot_document(plot, "stacked_bar", category_axis("point"),
                       metric_axis(Metric::cycles_per_input), series);
}

Json elbow(const PlotSpec& plot, const MeasuredPoints& points, const PlotNames& names) {
  Json series = Json::array();
  for (const PointMeasures* point : points) {
    if (!point->image || point->image->elbow_curve.empty()) {
      continue;
    }
    Json data = Json::array();
    int clusters = 0;
    for (const double squares : point->image->elbow_curve) {
      ++clusters;
      data.push_back({{"x", clusters},
                      {"y", squares},
                      {"note", clusters == point->image->elbow.value_or(0) ? "elbow" : ""}});
    }
    series.push_back(series_json(names.label(*point), "ours", data));
  }
  return plot_document(
      plot, "line", number_axis("clusters", {1, std::nullopt, true}),
      number_axis("within-cluster sum of squares (one cluster = 1)", {0, 1, false}), series);
}

}  // namespace

Json plot_json(const PlotSpec& plot, const Experiment& experiment, const MeasuredPoints& points) {
  const MeasuredPoints shown = matching(points, plot.where);
  const PlotNames names{varying_keys(shown), varying_keys(points)};
  if (plot.kind == "per_iteration") {
    return per_iteration(plot, experiment, shown, names);
  }
  if (plot.kind == "against") {
    return against(plot, shown, names);
  }
  if (plot.kind == "front") {
    return front(plot, shown, names);
  }
  if (plot.kind == "distribution") {
    return distribution(plot, shown, names);
  }
  if (plot.kind == "cycles") {
    return cycles(plot, shown, names);
  }
  return elbow(plot, shown, names);
}

}  // namespace airnn
