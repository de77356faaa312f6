// SPDX-License-Identifier: Apache-2.0
#include "sw/describe/points_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <optional>
#include <vector>

#include "sw/console/table.h"
#include "sw/evaluate/point_measures.h"

namespace airnn {

namespace {

/// How a number of a point is shown.
enum class SummaryForm { percent, whole, thousandths, grouped_whole, micro };

struct SummaryColumn {
  const char* title;
  Metric metric;
  SummaryForm form;
};

constexpr std::array<SummaryColumn, 11> kSummaryColumns = {
    {{"elbow", Metric::elbow, SummaryForm::whole},
     {"accuracy", Metric::accuracy, SummaryForm::percent},
     {"multiplications / exact", Metric::multiplication_energy, SummaryForm::thousandths},
     {"zeros", Metric::zero_share, SummaryForm::percent},
     {"hit rate", Metric::hit_rate, SummaryForm::percent},
     {"products / gated", Metric::product_energy_gated, SummaryForm::thousandths},
     {"iterations", Metric::mean_iterations, SummaryForm::thousandths},
     {"uJ per input", Metric::energy_per_input, SummaryForm::micro},
     {"energy / base", Metric::energy, SummaryForm::thousandths},
     {"cycles per input", Metric::cycles_per_input, SummaryForm::grouped_whole},
     {"time / base", Metric::time, SummaryForm::thousandths}}};

std::string summary_cell(const std::optional<double>& value, SummaryForm form) {
  if (!value) {
    return "-";
  }
  switch (form) {
    case SummaryForm::percent:
      return fmt::format("{:.2f} %", 100 * *value);
    case SummaryForm::whole:
      return fmt::format("{:.0f}", *value);
    case SummaryForm::thousandths:
      return fmt::format("{:.3f}", *value);
    case SummaryForm::micro:
      return fmt::format("{:.3f}", *value / 1000);
    case SummaryForm::grouped_whole:
      break;
  }
  return grouped(std::llround(*value));
}

/// The prefix says what a key is for, which a table need not: "compile.scheme" is "scheme" here.
std::string summary_title(const std::string& key) {
  const std::string prefix = "compile.";
  return key.compare(0, prefix.size(), prefix) == 0 ? key.substr(prefix.size()) : key;
}

}  // namespace

std::string points_table(const MeasuredPoints& points) {
  std::vector<SummaryColumn> columns;
  std::copy_if(kSummaryColumns.begin(), kSummaryColumns.end(), std::back_inserter(columns),
               [&](const SummaryColumn& column) {
                 return std::any_of(points.begin(), points.end(), [&](const auto* point) {
                   return point->value(column.metric, Accounting::all).has_value();
                 });
               });
  if (columns.empty()) {
    return "";
  }
  const std::vector<std::string> keys = varying_keys(points);
  std::vector<Table::Column> titles;
  for (const std::string& key : keys) {
    titles.push_back({summary_title(key), Table::Align::left});
  }
  for (const SummaryColumn& column : columns) {
    titles.push_back({column.title, Table::Align::right});
  }
  Table table(titles);
  for (const PointMeasures* point : points) {
    std::vector<std::string> row;
    for (const std::string& key : keys) {
      row.push_back(name_of(point->point->settings, key));
    }
    for (const SummaryColumn& column : columns) {
      row.push_back(summary_cell(point->value(column.metric, Accounting::all), column.form));
    }
    table.add_row(row);
  }
  return table.text();
}

std::string points_summary(const Plan& plan, const std::string& folder) {
  const std::vector<PointMeasures> points = measure_points(plan, folder);
  std::string text;
  for (std::size_t e = 0; e < plan.experiments.size(); ++e) {
    MeasuredPoints own;
    for (const PointMeasures& point : points) {
      if (point.point->experiment == e) {
        own.push_back(&point);
      }
    }
    if (const std::string table = points_table(own); !table.empty()) {
      text += fmt::format("{}\n\n{}\n", plan.experiments[e].title, table);
    }
  }
  return text;
}

}  // namespace airnn
