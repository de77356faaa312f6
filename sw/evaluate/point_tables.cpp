// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/point_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "sw/evaluate/document_table.h"
#include "sw/evaluate/metric.h"
#include "sw/evaluate/point_measures.h"
#include "sw/evaluate/points_headline.h"
#include "sw/evaluate/progress.h"
#include "sw/evaluate/words.h"
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

constexpr std::array<PointColumn, 23> kColumns = {
    {{Metric::accuracy, Accounting::all, 4},
     {Metric::mean_iterations, Accounting::all, 3},
     {Metric::energy, Accounting::all, 3},
     {Metric::energy, Accounting::without_index, 3},
     {Metric::energy, Accounting::value_reads, 3},
     {Metric::time, Accounting::all, 3},
     {Metric::time, Accounting::fetch_latency, 3},
     {Metric::time, Accounting::compute_only, 3},
     {Metric::time_of_iterative, Accounting::all, 3},
     {Metric::energy_of_sparse, Accounting::all, 3},
     {Metric::time_of_sparse, Accounting::all, 3},
     {Metric::energy_per_input, Accounting::all, -1},
     {Metric::cycles_per_input, Accounting::all, 0},
     {Metric::elbow, Accounting::all, 0},
     {Metric::multiplication_energy, Accounting::all, 4},
     {Metric::accuracy_lost, Accounting::all, 4},
     {Metric::zero_share, Accounting::all, 4},
     {Metric::hit_rate, Accounting::all, 4},
     {Metric::zero_products_per_input, Accounting::all, 0},
     {Metric::searches_per_input, Accounting::all, 0},
     {Metric::hits_per_input, Accounting::all, 0},
     {Metric::product_energy, Accounting::all, 3},
     {Metric::product_energy_gated, Accounting::all, 3}}};

/// In points.csv.
std::string column_key(const PointColumn& column) {
  const std::string name = to_string(column.metric);
  return column.accounting == Accounting::all ? name : name + " " + to_string(column.accounting);
}

constexpr std::array<PointColumn, 6> kIterationColumns = {
    {{Metric::accuracy_if_all_stop_here, Accounting::all, 4},
     {Metric::accuracy_so_far, Accounting::all, 4},
     {Metric::energy_so_far, Accounting::all, 3},
     {Metric::energy_so_far, Accounting::without_index, 3},
     {Metric::time_so_far, Accounting::all, 3},
     {Metric::time_so_far, Accounting::fetch_latency, 3}}};

/// Those that some of the points have a number for.
std::vector<PointColumn> columns_of(const MeasuredPoints& points) {
  std::vector<PointColumn> columns;
  std::copy_if(kColumns.begin(), kColumns.end(), std::back_inserter(columns),
               [&](const PointColumn& column) {
                 return std::any_of(points.begin(), points.end(), [&](const auto* point) {
                   return point->value(column.metric, column.accounting).has_value();
                 });
               });
  return columns;
}

/// Of points.csv: always the same ones, and those of additions where there are any.
std::vector<PointColumn> csv_columns(const std::vector<PointMeasures>& points) {
  const bool has_exact = std::any_of(points.begin(), points.end(), [](const PointMeasures& point) {
    return point.exact != nullptr;
  });
  const bool has_rows = std::any_of(points.begin(), points.end(), [](const PointMeasures& point) {
    return point.run && point.run->products();
  });
  const bool has_sparse = std::any_of(points.begin(), points.end(), [](const PointMeasures& point) {
    return point.sparse != nullptr;
  });
  std::vector<PointColumn> columns;
  std::copy_if(kColumns.begin(), kColumns.end(), std::back_inserter(columns),
               [&](const PointColumn& column) {
                 return (has_sparse || !is_against_sparse(column.metric)) &&
                        (has_exact || !is_against_exact(column.metric)) &&
                        (has_rows || !is_of_associative(column.metric));
               });
  return columns;
}

std::string column_words(Metric metric, Accounting accounting) {
  const std::string words = words_of(metric);
  return accounting == Accounting::all ? words : words + ", " + words_of(accounting);
}

}  // namespace

Json all_points_table(const MeasuredPoints& points) {
  const std::vector<std::string> keys = varying_keys(points);
  const std::vector<PointColumn> columns = columns_of(points);
  const bool simulated = std::any_of(points.begin(), points.end(),
                                     [](const auto* point) { return point->run.has_value(); });
  DocumentTable table("All points",
                      simulated ? "Relative to base = 1: the base accelerator's under the same "
                                  "conditions, times so much. Boot is left out."
                                : "");
  table.headline(points_headline(points)).text("point");
  // One key is the name.
  const bool settings = keys.size() > 1;
  for (const std::string& key : settings ? keys : std::vector<std::string>()) {
    table.text(key_words(key));
  }
  table.text("status");
  for (const PointColumn& column : columns) {
    table.number(column_words(column.metric, column.accounting), column.decimals,
                 unit_of(column.metric));
  }
  for (const PointMeasures* point : points) {
    std::vector<Json> row{point_name(*point, keys)};
    for (const std::string& key : settings ? keys : std::vector<std::string>()) {
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

Json all_iterations_table(const MeasuredPoints& points) {
  const std::vector<std::string> keys = varying_keys(points);
  DocumentTable table("All iterations",
                      "Energies and times are means over the inputs that ran the iteration, added "
                      "up to it.");
  table.headline(iterations_headline(points)).detail();
  table.text("point").number("iteration", 0).number("weights loaded", 4, "share of all");
  table.number("inputs that ran", 0).number("inputs that stopped", 0);
  table.number("accuracy of those that stopped", 4);
  for (const auto& [metric, accounting, decimals] : kIterationColumns) {
    table.number(column_words(metric, accounting), decimals, unit_of(metric));
  }
  for (const PointMeasures* point : points) {
    if (!point->run) {
      continue;
    }
    for (int i = 1; i <= point->iterations(); ++i) {
      const MeasuredIteration& of = point->run->iterations()[static_cast<std::size_t>(i - 1)];
      std::vector<Json> row{point_name(*point, keys), i,
                            of.fraction_of_weights,   of.inputs_run,
                            of.inputs_stopped,        cell(of.accuracy_of_stopped)};
      for (const auto& [metric, accounting, decimals] : kIterationColumns) {
        row.push_back(cell(point->value(metric, accounting, i)));
      }
      table.add_row(std::move(row));
    }
  }
  return table.empty() ? Json() : table.json();
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
  const std::vector<PointColumn> columns = csv_columns(points);
  for (const PointColumn& column : columns) {
    text += "," + csv_cell(column_key(column));
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
    for (const PointColumn& column : columns) {
      text += number(point.value(column.metric, column.accounting));
    }
    text += "\n";
  }
  return text;
}

}  // namespace airnn
