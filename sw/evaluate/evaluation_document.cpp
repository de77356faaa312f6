// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/evaluation_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <vector>

#include "sw/evaluate/comparison.h"
#include "sw/evaluate/configuration_table.h"
#include "sw/evaluate/document_table.h"
#include "sw/evaluate/evaluation_folder.h"
#include "sw/evaluate/metric.h"
#include "sw/evaluate/plots.h"
#include "sw/evaluate/point_labels.h"
#include "sw/evaluate/point_measures.h"
#include "sw/format/csv_cell.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

/// One number of a point in tables and in points.csv.
struct PointColumn {
  Metric metric;
  Accounting accounting;
  int decimals;
};

constexpr std::array<PointColumn, 12> kColumns = {{{Metric::accuracy, Accounting::all, 4},
                                                   {Metric::mean_iterations, Accounting::all, 3},
                                                   {Metric::energy, Accounting::all, 3},
                                                   {Metric::energy, Accounting::without_index, 3},
                                                   {Metric::energy, Accounting::value_reads, 3},
                                                   {Metric::time, Accounting::all, 3},
                                                   {Metric::time, Accounting::fetch_latency, 3},
                                                   {Metric::time, Accounting::compute_only, 3},
                                                   {Metric::time_of_iterative, Accounting::all, 3},
                                                   {Metric::energy_per_input, Accounting::all, -1},
                                                   {Metric::cycles_per_input, Accounting::all, 0},
                                                   {Metric::elbow, Accounting::all, 0}}};

std::string column_label(const PointColumn& column) {
  const std::string name = to_string(column.metric);
  return column.accounting == Accounting::all ? name : name + " " + to_string(column.accounting);
}

const char* status_of(const PointMeasures& point) {
  if (!point.failure.empty()) {
    return "failed";
  }
  const bool done = point.point->run_key.empty() ? point.image.has_value() : point.run.has_value();
  return done ? "done" : "missing";
}

Json points_table(const MeasuredPoints& points) {
  const std::vector<std::string> keys = varying_keys(points);
  std::vector<PointColumn> columns;
  std::copy_if(kColumns.begin(), kColumns.end(), std::back_inserter(columns),
               [&](const PointColumn& column) {
                 return std::any_of(points.begin(), points.end(), [&](const auto* point) {
                   return point->value(column.metric, column.accounting).has_value();
                 });
               });
  const bool simulated = std::any_of(points.begin(), points.end(),
                                     [](const auto* point) { return point->run.has_value(); });
  DocumentTable table(
      "All points", simulated
                        ? "Energies and times are those of the base accelerator times so "
                          "much, but energy_per_input (nJ) and cycles_per_input; boot is left out."
                        : "");
  for (const std::string& key : keys) {
    table.text(key);
  }
  table.text("status");
  for (const PointColumn& column : columns) {
    table.number(column_label(column), column.decimals);
  }
  for (const PointMeasures* point : points) {
    std::vector<Json> row;
    for (const std::string& key : keys) {
      row.emplace_back(name_of(point->point->settings, key));
    }
    row.emplace_back(status_of(*point));
    for (const PointColumn& column : columns) {
      row.push_back(cell(point->value(column.metric, column.accounting)));
    }
    table.add_row(row);
  }
  return table.json();
}

/// Every point, iteration by iteration.
Json iterations_table(const MeasuredPoints& points) {
  const std::vector<std::string> keys = varying_keys(points);
  DocumentTable table("All iterations",
                      "Mean over the inputs that ran the iteration; energy and time are cumulative "
                      "and in units of the base accelerator's.");
  table.detail().text("point").number("iteration", 0).number("weights", 4).number("inputs", 0);
  table.number("stopped", 0).number("accuracy of stopped", 4).number("accuracy if all stop", 4);
  table.number("accuracy so far", 4).number("energy so far", 3);
  table.number("energy so far without_index", 3).number("time so far", 3);
  table.number("time so far fetch_latency", 3);
  for (const PointMeasures* point : points) {
    if (!point->run) {
      continue;
    }
    for (int i = 1; i <= point->iterations(); ++i) {
      const MeasuredIteration& of = point->run->iterations()[static_cast<std::size_t>(i - 1)];
      const auto value = [&](Metric metric, Accounting accounting = Accounting::all) {
        return cell(point->value(metric, accounting, i));
      };
      table.add_row(
          {label_of(*point, keys), i, of.fraction_of_weights, of.inputs_run, of.inputs_stopped,
           cell(of.accuracy_of_stopped), cell(of.accuracy_if_all_stop_here),
           value(Metric::accuracy_so_far), value(Metric::energy_so_far),
           value(Metric::energy_so_far, Accounting::without_index), value(Metric::time_so_far),
           value(Metric::time_so_far, Accounting::fetch_latency)});
    }
  }
  return table.empty() ? Json() : table.json();
}

/// A name of a file as the id of a section.
std::string anchor_of(const std::string& name) {
  std::string anchor = name;
  for (char& c : anchor) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    c = plain || c == '_' ? c : '-';
  }
  return anchor;
}

Json section_json(const Experiment& experiment, const MeasuredPoints& points) {
  Json tables = Json::array();
  for (Json& table : comparison_tables(experiment, points)) {
    tables.push_back(std::move(table));
  }
  if (!points.empty()) {
    tables.push_back(points_table(points));
  }
  if (Json iterations = iterations_table(points); !iterations.is_null()) {
    tables.push_back(std::move(iterations));
  }
  Json plots = Json::array();
  for (const PlotSpec& plot : experiment.plots) {
    plots.push_back(plot_json(plot, experiment, points));
  }
  return {{"id", anchor_of(experiment.id)}, {"title", experiment.title},
          {"source", experiment.source},    {"text", experiment.text},
          {"tables", std::move(tables)},    {"plots", std::move(plots)}};
}

Json networks_table(const Plan& plan) {
  DocumentTable table("Networks and inputs", "Keys name contents: equal key, equal bytes.");
  table.text("network").text("model").text("key of the model").text("inputs").text("their key");
  table.text("labels").text("labels' key").number("count", 0);
  for (const PlannedNetwork& network : plan.networks) {
    table.add_row({network.name, network.model, network.model_key, network.images,
                   network.images_key, network.labels, network.labels_key, network.inputs});
  }
  return table.json();
}

Json commands_table(const Plan& plan, const std::vector<PointMeasures>& points) {
  DocumentTable table("Every point",
                      "The commands that give the same; data sets and configuration files are "
                      "named without their folders.");
  table.detail().number("point", 0).text("experiment").text("status").text("commands");
  table.text("image's checksum").text("key");
  for (std::size_t i = 0; i < points.size(); ++i) {
    const PlannedPoint& point = plan.points[i];
    table.add_row({i, plan.experiment_of(point).id, status_of(points[i]),
                   fmt::format("{}", fmt::join(point.commands, "; ")),
                   points[i].image ? points[i].image->checksum : "",
                   point.run_key.empty() ? point.image_key : point.run_key});
  }
  return table.json();
}

/// The configuration of the first point of each run file.
void add_configurations(const Plan& plan, const std::vector<PointMeasures>& points,
                        const std::string& folder, Json& tables) {
  std::set<std::string> shown;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::string name = name_of(plan.points[i].settings, "run");
    if (!points[i].run || !shown.insert(name).second) {
      continue;
    }
    const std::string path = run_results_file(folder, plan.points[i].run_key);
    tables.push_back(
        configuration_table(Json::parse(read_text_file(path)),
                            fmt::format("Configuration of point {}, run {}", i, name)));
  }
}

Json failures_table(const Plan& plan, const std::vector<PointMeasures>& points) {
  DocumentTable table("Points that failed");
  table.number("point", 0).text("experiment").text("message");
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!points[i].failure.empty()) {
      table.add_row({i, plan.experiment_of(plan.points[i]).id, points[i].failure});
    }
  }
  return table.empty() ? Json() : table.json();
}

Json run_section(const Plan& plan, const std::vector<PointMeasures>& points,
                 const std::string& folder) {
  Json tables = Json::array();
  if (Json failures = failures_table(plan, points); !failures.is_null()) {
    tables.push_back(std::move(failures));
  }
  tables.push_back(networks_table(plan));
  tables.push_back(commands_table(plan, points));
  add_configurations(plan, points, folder, tables);
  return {{"id", "what-was-run"},
          {"title", "What was run"},
          {"source", ""},
          {"text", "airnn " + plan.version},
          {"tables", std::move(tables)},
          {"plots", Json::array()}};
}

std::string points_csv(const Plan& plan, const std::vector<PointMeasures>& points) {
  std::vector<std::string> keys;
  for (const PointMeasures& point : points) {
    for (const Setting& setting : point.point->settings) {
      if (std::find(keys.begin(), keys.end(), setting.key) == keys.end()) {
        keys.push_back(setting.key);
      }
    }
  }
  std::string text = "point,experiment,";
  for (const std::string& key : keys) {
    text += csv_cell(key) + ",";
  }
  text += "status";
  for (const PointColumn& column : kColumns) {
    text += "," + csv_cell(column_label(column));
  }
  text += "\n";
  const auto number = [](const std::optional<double>& value) {
    return value ? fmt::format(",{}", *value) : ",";
  };
  for (std::size_t i = 0; i < points.size(); ++i) {
    const PointMeasures& point = points[i];
    text += fmt::format("{},{}", i, csv_cell(plan.experiment_of(*point.point).id));
    for (const std::string& key : keys) {
      text += "," + csv_cell(name_of(point.point->settings, key));
    }
    text += fmt::format(",{}", status_of(point));
    for (const PointColumn& column : kColumns) {
      text += number(point.value(column.metric, column.accounting));
    }
    text += "\n";
  }
  return text;
}

}  // namespace

void write_evaluation(const Plan& plan, const std::string& folder) {
  const std::vector<PointMeasures> points = measure_points(plan, folder);
  Json sections = Json::array();
  for (std::size_t e = 0; e < plan.experiments.size(); ++e) {
    MeasuredPoints own;
    for (const PointMeasures& point : points) {
      if (point.point->experiment == e) {
        own.push_back(&point);
      }
    }
    sections.push_back(section_json(plan.experiments[e], own));
  }
  sections.push_back(run_section(plan, points, folder));
  const Json json = {{"schema", "airnn-evaluation-1"},
                     {"version", plan.version},
                     {"title", plan.title},
                     {"text", plan.text},
                     {"sections", std::move(sections)}};
  write_text_file(points_file(folder), points_csv(plan, points));
  write_text_file(evaluation_file(folder),
                  json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace airnn
