// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/plots.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sw/config/scalar_parser.h"
#include "sw/evaluate/metric.h"

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

Json axis(const std::string& label, bool category) {
  return {{"label", label}, {"type", category ? "category" : "number"}};
}

Json series_json(const std::string& label, const char* role, Json points) {
  return {{"label", label}, {"role", role}, {"points", std::move(points)}};
}

Json document(const PlotSpec& plot, const char* kind, Json x, const std::string& y, Json series) {
  return {{"title", plot.title},
          {"kind", kind},
          {"x", std::move(x)},
          {"y", axis(y, false)},
          {"series", std::move(series)}};
}

bool is_metric(const std::string& name) {
  const std::vector<std::string>& names = metric_names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Published numbers of the plot's metric that speak of points which the plot shows.
Json published_series(const PlotSpec& plot, const Experiment& experiment,
                      const MeasuredPoints& shown) {
  Json series = Json::array();
  for (const PublishedNumbers& published : experiment.published) {
    if (published.metric != plot.y || published.first_iteration == 0 ||
        matching(shown, published.where).empty()) {
      continue;
    }
    Json points = Json::array();
    for (std::size_t i = 0; i < published.values.size(); ++i) {
      points.push_back({{"x", published.first_iteration + static_cast<int>(i)},
                        {"y", published.values[i]},
                        {"note", published.source}});
    }
    std::string label = published.source;
    for (const Setting& setting : published.where) {
      label += ", " + setting.name;
    }
    series.push_back(series_json(label, "paper", points));
  }
  return series;
}

Json per_iteration(const PlotSpec& plot, const Experiment& experiment,
                   const MeasuredPoints& points) {
  const Metric metric = metric_of(plot.y);
  const Accounting accounting = accounting_of(plot, metric);
  const std::vector<std::string> keys = varying_keys(points);
  Json series = Json::array();
  for (const PointMeasures* point : points) {
    Json data = Json::array();
    for (int i = 1; i <= point->iterations(); ++i) {
      if (const auto value = point->value(metric, accounting, i)) {
        data.push_back({{"x", i}, {"y", *value}, {"note", ""}});
      }
    }
    if (!data.empty()) {
      series.push_back(series_json(label_of(*point, keys), "ours", data));
    }
  }
  for (const Json& published : published_series(plot, experiment, points)) {
    series.push_back(published);
  }
  return document(plot, "line", axis("iteration", false), label_of(metric), series);
}

/// x is a key (its number where it is one) or a metric; a line per combination of the other keys.
Json against(const PlotSpec& plot, const MeasuredPoints& points) {
  const Metric metric = metric_of(plot.y);
  std::vector<std::string> keys = varying_keys(points);
  keys.erase(std::remove(keys.begin(), keys.end(), plot.x), keys.end());
  const bool x_is_metric = is_metric(plot.x);
  const bool category = !x_is_metric && std::any_of(points.begin(), points.end(), [&](auto* point) {
    const std::string name = name_of(point->point->settings, plot.x);
    return !name.empty() && !parse_real(name);
  });
  std::vector<std::pair<std::string, Json>> lines;
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
    const std::string label = label_of(*point, keys);
    auto line = std::find_if(lines.begin(), lines.end(),
                             [&](const auto& known) { return known.first == label; });
    if (line == lines.end()) {
      line = lines.insert(line, {label, Json::array()});
    }
    line->second.push_back({{"x", category ? Json(name) : Json(*x)}, {"y", *y}, {"note", label}});
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
  return document(plot, category ? "bar" : "line",
                  axis(x_is_metric ? label_of(metric_of(plot.x)) : plot.x, category),
                  label_of(metric), series);
}

/// All points, and those that no other point beats in both: less of x, more of y.
Json front(const PlotSpec& plot, const MeasuredPoints& points) {
  const Metric across = metric_of(plot.x);
  const Metric up = metric_of(plot.y);
  const std::vector<std::string> keys = varying_keys(points);
  struct Spot {
    double x;
    double y;
    std::string note;
  };
  std::vector<Spot> spots;
  for (const PointMeasures* point : points) {
    const auto x = point->value(across, accounting_of(plot, across));
    const auto y = point->value(up, accounting_of(plot, up));
    if (x && y) {
      spots.push_back({*x, *y, label_of(*point, keys)});
    }
  }
  std::stable_sort(spots.begin(), spots.end(),
                   [](const Spot& a, const Spot& b) { return a.x != b.x ? a.x < b.x : a.y > b.y; });
  Json all = Json::array();
  Json best = Json::array();
  std::optional<double> highest;
  for (const Spot& spot : spots) {
    const Json json = {{"x", spot.x}, {"y", spot.y}, {"note", spot.note}};
    all.push_back(json);
    if (!highest || spot.y > *highest) {
      highest = spot.y;
      best.push_back(json);
    }
  }
  return document(plot, "scatter", axis(label_of(across), false), label_of(up),
                  Json::array({series_json("points", "ours", all),
                               series_json("Pareto front", "front", best)}));
}

Json distribution(const PlotSpec& plot, const MeasuredPoints& points) {
  const std::vector<std::string> keys = varying_keys(points);
  Json series = Json::array();
  for (const PointMeasures* point : points) {
    if (!point->run) {
      continue;
    }
    Json data = Json::array();
    for (int i = 1; i <= static_cast<int>(point->run->iterations().size()); ++i) {
      const auto share = point->value(Metric::stopped_share, Accounting::all, i);
      data.push_back({{"x", std::to_string(i)}, {"y", share.value_or(0)}, {"note", ""}});
    }
    series.push_back(series_json(label_of(*point, keys), "ours", data));
  }
  return document(plot, "bar", axis("iteration", true), label_of(Metric::stopped_share), series);
}

Json cycles(const PlotSpec& plot, const MeasuredPoints& points) {
  static constexpr std::array<std::pair<const char*, double MeasuredCycles::*>, 5> kPhases = {
      {{"load", &MeasuredCycles::load},
       {"fetch", &MeasuredCycles::fetch},
       {"compute", &MeasuredCycles::compute},
       {"score", &MeasuredCycles::score},
       {"finish", &MeasuredCycles::finish}}};
  const std::vector<std::string> keys = varying_keys(points);
  Json series = Json::array();
  for (const auto& [name, phase] : kPhases) {
    Json data = Json::array();
    for (const PointMeasures* point : points) {
      if (!point->run) {
        continue;
      }
      double sum = 0;
      for (const MeasuredIteration& iteration : point->run->iterations()) {
        sum += iteration.cycles.*phase;
      }
      data.push_back(
          {{"x", label_of(*point, keys)}, {"y", sum / point->run->inputs()}, {"note", ""}});
    }
    series.push_back(series_json(name, "ours", data));
  }
  return document(plot, "stacked_bar", axis("", true), "cycles per input", series);
}

Json elbow(const PlotSpec& plot, const MeasuredPoints& points) {
  const std::vector<std::string> keys = varying_keys(points);
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
    series.push_back(series_json(label_of(*point, keys), "ours", data));
  }
  return document(plot, "line", axis("clusters", false),
                  "within-cluster sum of squares, one cluster = 1", series);
}

}  // namespace

Json plot_json(const PlotSpec& plot, const Experiment& experiment, const MeasuredPoints& points) {
  const MeasuredPoints shown = matching(points, plot.where);
  if (plot.kind == "per_iteration") {
    return per_iteration(plot, experiment, shown);
  }
  if (plot.kind == "against") {
    return against(plot, shown);
  }
  if (plot.kind == "front") {
    return front(plot, shown);
  }
  if (plot.kind == "distribution") {
    return distribution(plot, shown);
  }
  if (plot.kind == "cycles") {
    return cycles(plot, shown);
  }
  return elbow(plot, shown);
}

}  // namespace airnn
